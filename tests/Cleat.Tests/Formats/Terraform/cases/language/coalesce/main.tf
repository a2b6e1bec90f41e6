variable "a" {
  default = ""
}
resource "docker_container" "x" {
  image = coalesce(var.a, "nginx:1.27") # found
}
