resource "helm_release" "r" {
  name   = "a"
  chart  = "x"
  values = [yamlencode({ image = { tag = "1.27" } })]
  set {
    name  = "image.repository"
    value = "nginx"
  }
}
