module "s" {
  source = "terraform-aws-modules/ecs/aws"
  services = {
    shop = {
      container_definitions = {
        web = { image = "nginx:1.27" } # found
      }
    }
  }
}
