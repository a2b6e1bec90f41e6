variable "e" {}
resource "docker_container" "x" { image = { a = "nginx:1.27", b = "redis:7" }[var.e] }
