locals { c = yamldecode(file("${path.module}/images.yaml")) }
resource "docker_container" "x" { image = local.c.services.web.image }
