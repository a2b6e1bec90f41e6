variable "a" {
  default = {
    web = { image = "nginx:1.27" } # found
  }
}
resource "docker_container" "x" {
  image = var.a.web.image
}
