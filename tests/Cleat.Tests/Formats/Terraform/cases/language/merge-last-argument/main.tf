locals {
  common = merge(
    { owner = "shop" },
    var.labels,
    { for k, v in var.more : k => v if v != null },
    try(var.extra.labels, null) == null ? {} : var.extra.labels
  )
  picked = merge(
    { a = 1 },
    local.common[0]
  )
}
resource "docker_container" "x" {
  image = "nginx:1.27" # found
}
