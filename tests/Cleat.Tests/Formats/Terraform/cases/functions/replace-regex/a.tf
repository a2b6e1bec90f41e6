variable "v" { default = "v1.27" }
resource "docker_container" "x" { image = "nginx:${replace(var.v, "/^v/", "")}" }
