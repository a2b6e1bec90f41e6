module "m" { source = "./m" }
resource "docker_container" "x" { image = module.m.web }
