variable "image" {}
resource "docker_container" "x" {
  image = var.image # dynamic
}
