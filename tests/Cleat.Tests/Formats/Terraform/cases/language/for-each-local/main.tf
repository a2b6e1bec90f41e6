locals {
  a = {
    web = { image = "nginx:1.27" } # found
  }
}
resource "docker_container" "x" {
  for_each = local.a
  image    = each.value.image
}
