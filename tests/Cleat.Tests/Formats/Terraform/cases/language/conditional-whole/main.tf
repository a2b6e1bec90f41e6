resource "aws_ecs_task_definition" "x" {
  container_definitions = var.old ? jsonencode([{ image = "nginx:1.26" }]) : jsonencode([{ image = "nginx:1.27" }]) # found
}
