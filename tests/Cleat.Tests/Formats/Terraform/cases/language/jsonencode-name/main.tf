resource "aws_ecs_task_definition" "x" {
  container_definitions = jsonencode(local.c)
}
locals {
  c = [{ image = "nginx:1.27" }] # found
}
