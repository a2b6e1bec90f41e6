locals {
  a = {
    web = { image = "nginx:1.27" } # found
  }
}
resource "docker_container" "x" {
  for_each = { for k, v in local.a : k => v }
  image    = each.value.image
}
