module "web" {
  source = "./web"
  image  = "nginx:1.27"
  name   = "not:this"
}

module "web2" {
  source = "./web/"
  image  = local.image
}

module "foreign" {
  source = "example/web/aws"
  image  = "not:this"
}

locals {
  image = "httpd:2.4"
}
