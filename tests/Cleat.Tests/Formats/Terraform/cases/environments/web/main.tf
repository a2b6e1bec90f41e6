variable "image" {}

resource "docker_container" "web" {
  image = var.image
}
