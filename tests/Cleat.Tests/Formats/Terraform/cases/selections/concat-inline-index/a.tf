resource "docker_container" "x" { image = concat(["nginx:1.27"], ["redis:7"])[0] }
