variable "i" { default = "Nginx:1.27" }
resource "docker_container" "x" { image = lower(var.i) }
