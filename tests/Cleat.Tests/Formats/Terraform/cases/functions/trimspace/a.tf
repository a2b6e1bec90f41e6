variable "v" { default = " 1.27 " }
resource "docker_container" "x" { image = "nginx:${trimspace(var.v)}" }
