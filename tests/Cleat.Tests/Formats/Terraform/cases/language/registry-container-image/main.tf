module "c" {
  source          = "cloudposse/ecs-container-definition/aws"
  version         = "0.61.1"
  container_image = "nginx:1.27" # found
}
resource "aws_ecs_task_definition" "x" {
  container_definitions = module.c.json_map_encoded_list
}
resource "aws_ecs_task_definition" "y" {
  container_definitions = "[${module.c.json_map_encoded}]"
}
