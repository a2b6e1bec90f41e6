locals {
  a = ["nginx:1.27"] # found
}
resource "kubernetes_pod_v1" "x" {
  spec {
    dynamic "container" {
      for_each = local.a
      iterator = c
      content {
        image = c.value
      }
    }
  }
}
