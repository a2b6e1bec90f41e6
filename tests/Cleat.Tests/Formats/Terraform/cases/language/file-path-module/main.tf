resource "aws_ecs_task_definition" "x" {
  container_definitions = file("${path.module}/defs/web.json")
}
