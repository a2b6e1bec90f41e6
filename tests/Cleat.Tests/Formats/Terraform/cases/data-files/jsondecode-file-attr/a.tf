locals { c = jsondecode(file("${path.module}/images.json")) }
resource "docker_container" "x" { image = local.c.web }
