variable "t" {
  default = "1.27"
}
resource "docker_container" "x" {
  image = format("nginx:%s", var.t) # found
}
