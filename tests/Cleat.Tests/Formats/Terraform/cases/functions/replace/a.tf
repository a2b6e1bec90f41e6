resource "docker_container" "x" { image = replace("nginx:TAG", "TAG", "1.27") }
