locals {
  a = {
    web = "nginx:1.27" # found
  }
}
resource "docker_container" "x" {
  image = lookup(local.a, "web", "redis:7") # found
}
