resource "docker_container" "x" {
  image = "nginx:1.26" # found
}
