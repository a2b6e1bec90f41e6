locals {
  c = [{ image = "nginx:1.27" }] # found
}
resource "aws_ecs_task_definition" "x" {
  container_definitions = jsonencode([for c in local.c : merge({ essential = true }, c)])
}
