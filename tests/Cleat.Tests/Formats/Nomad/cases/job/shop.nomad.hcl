variable "image" {
  default = "redis:7"
}

variable "tag" {
  type = string
}

locals {
  version = "2.4"
}

job "shop" {
  group "web" {
    task "nginx" {
      driver = "docker"
      config {
        image = "nginx:1.27"
        ports = ["http"]
      }
    }

    task "cache" {
      driver = "podman"
      config {
        image = var.image
      }
    }

    task "front" {
      driver = "podman"
      config {
        image = "docker://docker.io/library/httpd:${local.version}"
      }
    }

    task "pinned" {
      driver = "docker"
      config {
        image = "alpine@sha256:ba3d3c3e1f1b0e2a4d5c6b7a8f9e0d1c2b3a4f5e6d7c8b9a0f1e2d3c4b5a6f70"
      }
    }

    task "meta" {
      driver = "docker"
      config {
        image = "app:${NOMAD_META_version}"
      }
    }

    task "unset" {
      driver = "docker"
      config {
        image = "app:${var.tag}"
      }
    }

    task "vm" {
      driver = "qemu"
      config {
        image = "disk:1"
      }
    }

    service {
      connect {
        sidecar_task {
          config {
            image = "envoyproxy/envoy:v1.31"
          }
        }
      }
    }
  }
}
