variable "web" {}
resource "docker_container" "x" {
  image = var.web.image # dynamic
}
