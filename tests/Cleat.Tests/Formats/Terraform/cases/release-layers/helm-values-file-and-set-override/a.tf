resource "helm_release" "r" {
  name   = "a"
  chart  = "x"
  values = [file("${path.module}/values.yaml")]
  set {
    name  = "image.tag"
    value = "1.27"
  }
}
