module "c" {
  source          = "cloudposse/ecs-web-app/aws"
  container_image = var.image # dynamic
  image           = var.machine
}
variable "image" {}
