resource "helm_release" "r" {
  name   = "a"
  chart  = "x"
  values = [templatefile("${path.module}/v.yaml.tpl", { tag = "1.27" })]
}
