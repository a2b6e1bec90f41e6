resource "aws_ecs_task_definition" "x" {
  container_definitions = jsonencode([
    merge({ image = "nginx:1.27" }, var.cpu ? { cpu = 1 } : {}), # found
    merge(local.base, { name = "b" }),
  ])
}
locals {
  base = { image = "redis:7" } # found
}
