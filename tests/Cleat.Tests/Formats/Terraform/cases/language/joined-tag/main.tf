locals {
  a = merge({ tag = "1.26" }, { tag = "1.27" })
}
resource "docker_container" "x" {
  image = "nginx:${local.a.tag}" # dynamic
}
