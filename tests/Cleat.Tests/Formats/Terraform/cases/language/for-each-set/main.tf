resource "docker_container" "x" {
  for_each = toset(["nginx:1.27", "redis:7"]) # found
  image    = each.value
}
