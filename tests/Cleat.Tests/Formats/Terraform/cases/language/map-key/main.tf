locals {
  a = {
    web = "nginx:1.27" # found
    job = "redis:7"
  }
}
resource "docker_container" "x" {
  image = local.a["web"]
}
