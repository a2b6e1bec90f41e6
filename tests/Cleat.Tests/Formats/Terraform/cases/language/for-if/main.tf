resource "aws_ecs_task_definition" "x" {
  container_definitions = jsonencode([for c in var.c : { image = "nginx:1.27", name = c } if c != ""]) # found
}
