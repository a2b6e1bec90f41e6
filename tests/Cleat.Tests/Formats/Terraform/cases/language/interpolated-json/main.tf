resource "aws_ecs_task_definition" "x" {
  container_definitions = "[${jsonencode({ image = "nginx:1.27" })}]" # found
}
