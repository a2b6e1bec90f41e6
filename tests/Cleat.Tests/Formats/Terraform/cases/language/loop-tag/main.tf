locals {
  tags = ["1.26", "1.27"]
  a    = [for t in local.tags : "nginx:${t}"] # dynamic
}
resource "docker_container" "x" {
  for_each = toset(local.a)
  image    = each.value
}
