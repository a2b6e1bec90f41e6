resource "aws_ecs_task_definition" "x" {
  container_definitions = data.template_file.x.rendered
}
data "template_file" "x" {
  template = file("td.json.tpl")
  vars = {
    image = "nginx:1.27" # found
  }
}
