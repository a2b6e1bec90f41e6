resource "docker_container" "x" { image = jsondecode(file("images.json"))["web"] }
