variable "tag" {
  default = "1.27"
}

variable "image" {
  default = null
}

variable "other" {
  default = "redis:7"
}

variable "blue" {
  type = bool
}

locals {
  images = { web = "httpd:2.4", api = "node:22" }
  either = var.blue ? "local/blue:1" : "local/green:1"
}

resource "docker_container" "choice" {
  image = var.blue ? "nginx:1.27" : "nginx:1.26"
}

resource "docker_container" "followed" {
  image = var.blue ? var.other : local.either
}

resource "docker_container" "lines" {
  image = (
    var.blue     # why
    ? "lines:1"  # blue
    : "lines:2"
  )
}

resource "docker_container" "nested" {
  image = var.a ? "nested:1" : var.b == "x?y:z" ? "nested:2" : ("nested:3")
}

resource "docker_container" "half_known" {
  image = var.blue ? "half:1" : data.aws_ecr_image.app.image_uri
}

resource "docker_container" "override" {
  image = var.image != null ? var.image : "fallback:1"
}

resource "docker_container" "unknown" {
  image = var.blue ? data.a.b.uri : data.c.d.uri
}

resource "docker_container" "pinned" {
  image = var.blue ? "nginx@sha256:ba3d3c3e1f1b0e2a4d5c6b7a8f9e0d1c2b3a4f5e6d7c8b9a0f1e2d3c4b5a6f70" : "nginx@sha256:123"
}

resource "docker_container" "in_template" {
  image = "${var.blue ? "whole:1" : "whole:2"}"
}

resource "docker_container" "part_of_template" {
  image = "nginx:${var.blue ? "1.27" : "1.26"}"
}

resource "docker_container" "default_in_template" {
  image = "nginx:${coalesce(var.image, "1.25")}-alpine"
}

resource "docker_container" "coalesce" {
  image = coalesce(var.image, "coalesce:1")
}

resource "docker_container" "try" {
  image = try(data.x.y.image, var.other, "try:1",)
}

resource "docker_container" "lookup" {
  image = lookup(local.images, "web", "lookup:1")
}

resource "docker_container" "lookup_any" {
  image = lookup(local.images, var.kind, "lookup:2")
}

resource "docker_container" "index" {
  image = local.images["api"]
}

resource "docker_container" "format" {
  image = format("%s:%s", "format", var.tag)
}

resource "docker_container" "format_pinned" {
  image = format("%s:%s@sha256:ba3d3c3e1f1b0e2a4d5c6b7a8f9e0d1c2b3a4f5e6d7c8b9a0f1e2d3c4b5a6f70", var.registry, var.tag)
}

resource "docker_container" "format_unknown" {
  image = format("%s:%s", var.registry, var.tag)
}

resource "docker_container" "format_other" {
  image = format("%[2]s:%[1]s", var.tag, "x")
}

resource "docker_container" "join" {
  image = join(":", ["join", "1.2"])
}

resource "docker_container" "join_names" {
  image = join(":", ["join", var.tag])
}

resource "docker_container" "join_list" {
  image = join(":", local.parts)
}

resource "docker_container" "inside" {
  image = "${format("%s/%s", "ghcr.io", "inside")}:${var.tag}"
}

resource "docker_container" "opaque" {
  image = replace(var.image, "/x/", "y")
}

resource "docker_image" "a" {
  name = "built-by-name:1"
}

resource "docker_container" "named" {
  image = coalesce(docker_image.a.image_id, "named:1")
}
