locals {
  a = "nginx:1.27" # found
}
resource "docker_container" "x" {
  image = local.a
}
