locals {
  web  = [{ image = "nginx:1.27" }] # found
  more = [{ image = "redis:7" }]    # found
}
resource "aws_ecs_task_definition" "x" {
  container_definitions = jsonencode(concat(local.web, var.cache ? local.more : []))
}
