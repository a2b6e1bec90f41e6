resource "docker_container" "x" { image = provider::x::f("nginx:1.27") }
