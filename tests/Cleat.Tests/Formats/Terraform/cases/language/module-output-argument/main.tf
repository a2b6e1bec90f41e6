module "m" {
  source = "./m"
  tag    = "1.27"
}
resource "docker_container" "x" {
  image = module.m.name # dynamic
}
