variable "image" {}
module "z" {
  source = "../a"
  image  = var.image # dynamic
}
resource "docker_container" "x" {
  image = var.image # dynamic
}
