terraform {
  source = "../modules//shop"
}

locals {
  web = "nginx:1.27"
}

inputs = {
  image = local.web
  side  = "envoyproxy/envoy:v1.30.1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  vm    = "ubuntu:22"
  given = var.other
}
