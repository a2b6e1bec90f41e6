variable "c" {}
resource "docker_container" "x" { image = "nginx:${var.c ? "1.27" : "1.28"}" }
