locals {
  a = "nginx:1.26" # found
  b = "nginx:1.27" # found
}
resource "docker_container" "x" {
  image = var.old ? local.a : local.b
}
