variable "a" {
  type = map(object({
    image = optional(string, "nginx:1.27") # found
    port  = optional(number, 80)
  }))
}
resource "docker_container" "x" {
  for_each = var.a
  image    = each.value.image
}
