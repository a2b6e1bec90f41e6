locals { l = [{ image = "nginx:1.27" }] }
resource "docker_container" "x" { image = one(local.l[*].image) }
