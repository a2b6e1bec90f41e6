resource "docker_container" "x" {
  image = var.old ? "nginx:1.26" : "nginx:1.27" # found
}
