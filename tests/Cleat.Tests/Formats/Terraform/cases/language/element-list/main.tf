resource "docker_container" "x" {
  image = element(["nginx:1.27", "redis:7"], var.n) # found
}
