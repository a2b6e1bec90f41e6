variable "image" {}

variable "name" {}

resource "docker_container" "c" {
  name  = var.name
  image = var.image
}
