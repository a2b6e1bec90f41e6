locals { m = { a = "nginx:1.27" } }
resource "docker_container" "x" { image = values(local.m)[0] }
