resource "helm_release" "r" {
  name   = "a"
  chart  = "x"
  values = [
    yamlencode({ image = { repository = "nginx", tag = "1.26" } }),
    yamlencode({ image = { tag = "1.27" } }),
  ]
}
