resource "aws_ecs_task_definition" "x" {
  container_definitions = templatefile("td.json.tftpl", {
    image = "nginx:1.27" # found
    name  = "web"
  })
}
