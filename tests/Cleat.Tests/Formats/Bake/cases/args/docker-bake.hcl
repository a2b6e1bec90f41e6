variable "NODE" {
  default = "node:22"
}

target "common" {
  args = {
    BASE = "debian:12"
    USER = "web:web"
  }
}

target "web" {
  inherits   = ["common"]
  context    = "web"
  dockerfile = "web.Dockerfile"
  args = {
    TAG  = "1.27"
    TOOL = NODE
  }
}

target "stage" {
  context    = "web"
  dockerfile = "web.Dockerfile"
  contexts   = { other = "target:web" }
  args = {
    BASE = "build"
    TOOL = "other"
  }
}

target "inline" {
  dockerfile-inline = <<EOT
ARG BASE
FROM $BASE
EOT
  args = {
    BASE = "alpine:3.20"
  }
}

target "elsewhere" {
  context = "https://example.com/shop.git"
  args = {
    BASE = "not:read"
  }
}
