locals { l = [for p in setproduct(["nginx"], ["1.27"]) : "${p[0]}:${p[1]}"] }
resource "docker_container" "x" {
  for_each = toset(local.l)
  image    = each.value
}
