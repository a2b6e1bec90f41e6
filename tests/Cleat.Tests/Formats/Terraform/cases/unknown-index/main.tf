variable "stage" {}

locals {
  tags = {
    test = "1.26"
    live = "1.27"
  }
  images = {
    test = "caddy:2.8"
    live = "caddy:2.9"
  }
}

# which tag it is, nobody knows: not the first
resource "docker_container" "web" {
  image = "nginx:${local.tags[var.stage]}"
}

resource "docker_container" "edge" {
  image = "${local.images[var.stage]}"
}

resource "docker_container" "job" {
  image = format("redis:%s", local.tags[var.stage])
}
