locals {
  c = [{ image = "nginx:1.27" }] # found
}
resource "docker_container" "x" {
  image = local.c[*].image
}
