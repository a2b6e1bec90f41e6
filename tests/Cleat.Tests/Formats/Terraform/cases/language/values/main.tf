resource "aws_ecs_task_definition" "x" {
  container_definitions = jsonencode(values(local.c))
}
locals {
  c = {
    web = { image = "nginx:1.27" } # found
  }
}
