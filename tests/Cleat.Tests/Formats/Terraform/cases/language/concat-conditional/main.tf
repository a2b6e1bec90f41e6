resource "aws_ecs_task_definition" "x" {
  container_definitions = jsonencode(concat(
    [{ image = "nginx:1.27" }],                    # found
    var.cache ? [{ image = "redis:7" }] : [],      # found
    var.debug ? [] : [{ image = "busybox:1.36" }], # found
  ))
}
