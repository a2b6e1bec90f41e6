locals {
  a = ["nginx:1.27", "redis:7"] # found
}
resource "kubernetes_pod_v1" "x" {
  spec {
    dynamic "container" {
      for_each = local.a
      content {
        image = container.value
      }
    }
  }
}
