resource "aws_ecs_task_definition" "x" {
  container_definitions = templatefile("td.json.tftpl", { tag = var.tag })
}
variable "tag" {
  default = "1.27"
}
