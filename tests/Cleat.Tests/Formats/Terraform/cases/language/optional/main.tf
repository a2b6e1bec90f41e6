variable "a" {
  type = object({
    image = optional(string, "nginx:1.27") # found
  })
  default = {}
}
resource "docker_container" "x" {
  image = var.a.image
}
