variable "image" {
  type = string
}

resource "docker_container" "app" {
  image = var.image
}
