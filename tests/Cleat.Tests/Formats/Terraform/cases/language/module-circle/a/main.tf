variable "image" {}
module "y" {
  source = "../b"
  image  = var.image # dynamic
}
