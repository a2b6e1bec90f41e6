resource "aws_ecs_task_definition" "x" {
  container_definitions = jsonencode(concat([{ image = "nginx:1.27" }], [{ image = "redis:7" }])) # found
}
