variable "image" {}
module "y" {
  source = "../inner"
  image  = var.image # dynamic
}
