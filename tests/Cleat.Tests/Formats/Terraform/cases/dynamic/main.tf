resource "docker_container" "each" {
  for_each = var.services
  image    = each.value.image
}

resource "docker_container" "function" {
  image = format("%s:%s", var.name, var.tag)
}

resource "docker_container" "choice" {
  image = (
    var.blue
    ? "nginx:1.27"
    : "nginx:1.26"
  )
}

resource "docker_container" "partly" {
  image = "${aws_ecr_repository.app.repository_url}:latest"
}

resource "docker_container" "directive" {
  image = "nginx%{ if var.alpine }:alpine%{ endif }"
}
