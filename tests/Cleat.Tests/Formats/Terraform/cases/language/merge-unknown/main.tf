resource "aws_ecs_task_definition" "x" {
  container_definitions = jsonencode([merge({ name = "web" }, var.more)]) # dynamic
}
