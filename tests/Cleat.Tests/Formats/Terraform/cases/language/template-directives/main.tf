resource "aws_ecs_task_definition" "x" {
  container_definitions = templatefile("td.tftpl", {})
}
