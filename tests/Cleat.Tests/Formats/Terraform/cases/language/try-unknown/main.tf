resource "aws_ecs_task_definition" "x" {
  container_definitions = try(var.a, var.b) # dynamic
}
