resource "kubernetes_manifest" "x" {
  manifest = yamldecode(file("${path.module}/pod.txt"))
}
