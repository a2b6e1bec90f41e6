resource "docker_container" "x" { image = ["nginx:1.27", "redis:7"][1] }
