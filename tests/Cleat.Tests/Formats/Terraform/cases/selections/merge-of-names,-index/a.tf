locals {
  d = { a = "nginx:1.27", b = "nginx:1.28" }
  o = { b = "redis:7" }
}
resource "docker_container" "x" { image = merge(local.d, local.o)["b"] }
