resource "aws_ecs_task_definition" "x" {
  container_definitions = templatefile("${path.module}/td.json.tpl", { port = 80 })
}
