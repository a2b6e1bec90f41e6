locals {
  groups = [
    { images = ["nginx:1.27"] }, # found
  ]
  all = flatten([for g in local.groups : [for i in g.images : { image = i }]])
}
resource "aws_ecs_task_definition" "x" {
  container_definitions = jsonencode(local.all)
}
