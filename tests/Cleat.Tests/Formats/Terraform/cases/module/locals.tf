locals {
  version = "3.${local.minor}"
  minor   = "12"
  images = {
    web = "httpd:2.4"
    api = "node:22"
  }
  a = local.b
  b = local.a
}
