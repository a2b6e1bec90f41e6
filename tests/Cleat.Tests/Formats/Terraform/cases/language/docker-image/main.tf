resource "docker_image" "x" {
  name = "nginx:1.27" # found
}
resource "docker_container" "x" {
  image = docker_image.x.image_id
}
