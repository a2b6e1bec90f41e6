locals {
  a = ["nginx:1.27", "redis:7"] # found
}
resource "docker_container" "x" {
  image = local.a[0]
}
