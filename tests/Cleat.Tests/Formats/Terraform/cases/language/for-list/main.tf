locals {
  c = ["nginx:1.27", "redis:7"] # found
}
resource "aws_ecs_task_definition" "x" {
  container_definitions = jsonencode([for i in local.c : { image = i }])
}
