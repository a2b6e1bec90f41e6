resource "aws_ecs_task_definition" "x" {
  container_definitions = jsonencode([for i in ["nginx:1.27", "redis:7"] : { image = i }]) # found
}
