resource "aws_ecs_task_definition" "x" {
  container_definitions = jsonencode(var.old ? [{ image = "nginx:1.26" }] : [{ image = "nginx:1.27" }]) # found
}
