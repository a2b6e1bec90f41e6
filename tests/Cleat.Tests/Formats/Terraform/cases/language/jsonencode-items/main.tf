resource "aws_ecs_task_definition" "x" {
  container_definitions = jsonencode([local.c, var.d])
}
locals {
  c = { image = "nginx:1.27" } # found
}
variable "d" {
  default = { image = "redis:7" } # found
}
