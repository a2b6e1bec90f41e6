module "s" {
  source = "terraform-aws-modules/ecs/aws//modules/service"
  container_definitions = {
    web = {
      image = "nginx:1.27" # found
    }
  }
}
