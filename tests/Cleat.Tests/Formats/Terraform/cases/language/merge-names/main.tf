locals {
  base = {
    web = "nginx:1.27" # found
  }
  a = merge(local.base, { job = "redis:7" })
}
resource "docker_container" "x" {
  image = local.a.web
}
