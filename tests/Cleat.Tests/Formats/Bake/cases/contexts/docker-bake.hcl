variable "ALPINE" {
  default = "3.20"
}

variable "BASE" {
  default = "docker-image://debian:12-slim"
}

variable "RUNTIME" {
  default = "gcr.io/distroless/static"
}

variable "EMPTY" {}

target "app" {
  tags = ["example/app:1"]
  contexts = {
    base    = "docker-image://alpine:${ALPINE}"
    pinned  = "docker-image://alpine:3.20@sha256:ba3d3c3e1f1b0e2a4d5c6b7a8f9e0d1c2b3a4f5e6d7c8b9a0f1e2d3c4b5a6f70"
    debian  = BASE
    runtime = "docker-image://${RUNTIME}"
    unknown = "docker-image://${EMPTY}"
    other   = "target:lib"
    src     = "../src"
    unset   = EMPTY
  }
  dockerfile-inline = <<EOT
FROM base
COPY --from=busybox:1.36 /bin/sh /
EOT
}

target "lib" {
  dockerfile-inline = "FROM golang:1.23 AS build\nRUN go build\nFROM build"
}

target "copy" {
  contexts = target.app.contexts
}
