variable "t" {
  default = "1.27"
}
resource "docker_container" "x" {
  image = join(":", ["nginx", var.t]) # found
}
