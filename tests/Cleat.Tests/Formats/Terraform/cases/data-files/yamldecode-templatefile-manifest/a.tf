resource "kubernetes_manifest" "m" { manifest = yamldecode(templatefile("${path.module}/pod.yaml.tpl", { image = "nginx:1.27" })) }
