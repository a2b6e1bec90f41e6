locals {
  c = {
    web = { image = "nginx:1.27" } # found
  }
}
module "x" {
  source   = "./web"
  for_each = local.c
  image    = each.value.image
}
