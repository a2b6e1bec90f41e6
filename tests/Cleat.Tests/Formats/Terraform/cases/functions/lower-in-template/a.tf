variable "n" { default = "NGINX" }
resource "docker_container" "x" { image = "${lower(var.n)}:1.27" }
