locals { l = [{ image = "nginx:1.27" }, { image = "redis:7" }] }
resource "docker_container" "x" { image = local.l.*.image[0] }
