variable "v" { default = 7 }
resource "docker_container" "x" { image = "redis:${tostring(var.v)}" }
