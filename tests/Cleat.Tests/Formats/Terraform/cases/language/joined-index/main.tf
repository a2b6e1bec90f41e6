# either may come first
locals {
  a = var.old ? ["nginx:1.26"] : ["nginx:1.27"] # found
  t = var.old ? ["1.26"] : ["1.27"]
}
resource "docker_container" "x" {
  image = local.a[0]
}
resource "docker_container" "y" {
  image = "redis:${local.t[0]}" # dynamic
}
