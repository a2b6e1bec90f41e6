variable "v" { default = "redis:7" }
resource "docker_container" "x" { image = nonsensitive(sensitive(var.v)) }
