locals { c = yamldecode(file("${path.module}/conf.yaml")) }
resource "docker_container" "x" { image = local.c.web_image }
