resource "aws_ecs_task_definition" "x" {
  container_definitions = file("none.json") # dynamic
}
