locals {
  c = {
    web = { image = "nginx:1.27" } # found
  }
}
resource "aws_ecs_task_definition" "x" {
  container_definitions = jsonencode([for k, v in local.c : { name = k, image = v.image }])
}
