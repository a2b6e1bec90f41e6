resource "docker_container" "whole" {
  image = var.image
}

resource "docker_container" "again" {
  image = "${var.image}"
}

resource "docker_container" "tag" {
  image = "nginx:${var.tag}"
}

resource "docker_container" "parts" {
  image = "${var.repository}:${local.version}-slim"
}

resource "docker_container" "pinned" {
  image = "${var.nowhere}/app@sha256:ba3d3c3e1f1b0e2a4d5c6b7a8f9e0d1c2b3a4f5e6d7c8b9a0f1e2d3c4b5a6f70"
}

resource "docker_container" "unset" {
  image = var.nowhere
}

resource "docker_container" "settings" {
  image = var.from_settings
}

resource "docker_container" "map" {
  image = local.images[var.kind]
}

resource "docker_container" "object" {
  image = var.app.image
}

resource "docker_container" "loop" {
  image = local.a
}
