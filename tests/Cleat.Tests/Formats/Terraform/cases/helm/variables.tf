variable "image" {
  default = "httpd:2.4"
}

variable "tag" {
  default = "9"
}

locals {
  redis = "7"
  more  = <<-EOT
    image:
      repository: ghcr.io/example/more
      tag: "10"
  EOT
}
