resource "docker_container" "x" {
  for_each = {
    web = "nginx:1.27" # found
    job = "redis:7"    # found
  }
  image = each.value
}
