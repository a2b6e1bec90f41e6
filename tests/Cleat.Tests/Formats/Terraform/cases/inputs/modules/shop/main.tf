variable "image" {}
variable "side" {}
variable "vm" {}

resource "docker_container" "web" {
  image = var.image
}

resource "docker_container" "side" {
  image = var.side
}
