locals { s = "nginx:1.27,redis:7" }
resource "docker_container" "x" { image = split(",", local.s)[1] }
