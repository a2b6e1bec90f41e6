locals {
  services = {
    web = { image = "httpd:2.4", tag = "1", app = "app:1" }
    api = { image = "node:22", tag = "2", sidecar = "sidecar:2", app = "app:2" }
  }
}

variable "containers" {
  default = [
    { image = "busybox:1.36" },
    { image = "python:3.12" },
  ]
}
