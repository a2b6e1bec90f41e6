resource "docker_container" "short" {
  image = "nginx:1.27@sha256:1234"
}

resource "docker_container" "upper" {
  image = "Nginx:1.27"
}

resource "docker_container" "template" {
  image = "nginx:${var.tag}@sha256:12"
}
