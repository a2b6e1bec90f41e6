resource "helm_release" "r" {
  name   = "a"
  chart  = "x"
  values = [file("${path.module}/v.txt")]
}
