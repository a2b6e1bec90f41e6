variable "tag" {}
output "name" {
  value = "nginx:${var.tag}"
}
