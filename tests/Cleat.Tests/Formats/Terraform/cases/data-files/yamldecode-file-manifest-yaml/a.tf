resource "kubernetes_manifest" "m" { manifest = yamldecode(file("${path.module}/pod.yaml")) }
