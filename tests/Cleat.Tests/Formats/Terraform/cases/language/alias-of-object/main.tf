locals {
  base = {
    web = "nginx:1.27" # found
  }
  a = local.base
}
resource "docker_container" "x" {
  image = local.a.web
}
