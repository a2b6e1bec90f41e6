variable "image" {
  default = "nginx:1.27" # found
}
module "c" {
  source          = "cloudposse/ecs-web-app/aws"
  container_image = var.image
}
