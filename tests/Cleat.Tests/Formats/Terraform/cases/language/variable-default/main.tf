variable "a" {
  default = "nginx:1.27" # found
}
resource "docker_container" "x" {
  image = var.a
}
