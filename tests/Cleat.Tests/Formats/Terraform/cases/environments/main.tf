variable "image" {
  type = string
}

variable "tag" {
  type    = string
  default = "1.0"
}

module "web" {
  source = "./web"
  image  = var.web.image
}

variable "web" {
  type = object({ image = string })
}

resource "docker_container" "app" {
  image = var.image
}

resource "docker_container" "tagged" {
  image = "ghcr.io/example/tagged:${var.tag}"
}
