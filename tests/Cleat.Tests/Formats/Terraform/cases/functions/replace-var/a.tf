variable "i" { default = "nginx:TAG" }
resource "docker_container" "x" { image = replace(var.i, "TAG", "1.27") }
