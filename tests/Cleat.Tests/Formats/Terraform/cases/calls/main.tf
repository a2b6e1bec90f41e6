module "web" {
  source = "./web"
  image  = "nginx:1.27"
  name   = "this:too"
}

module "web2" {
  source = "./web/"
  image  = local.image
}

module "foreign" {
  source = "example/web/aws"
  image  = "this:too"
}

locals {
  image = "httpd:2.4"
}
