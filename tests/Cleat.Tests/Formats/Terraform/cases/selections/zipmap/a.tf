locals { m = zipmap(["a", "b"], ["nginx:1.27", "redis:7"]) }
resource "docker_container" "x" {
  for_each = local.m
  image    = each.value
}
