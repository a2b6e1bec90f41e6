resource "docker_container" "x" {
  image = try(var.a.image, "nginx:1.27") # found
}
