resource "docker_container" "map" {
  for_each = { web = "nginx:1.27", cache = "redis:7" }
  name     = each.key
  image    = each.value
}

resource "docker_container" "objects" {
  for_each = local.services
  image    = each.value.image
}

resource "docker_container" "set" {
  for_each = toset(["alpine:3.20", "debian:12"])
  image    = each.key
}

resource "docker_container" "part" {
  for_each = local.services
  image    = "nginx:${each.value.tag}"
}

resource "docker_container" "fallback" {
  for_each = local.services
  image    = lookup(each.value, "sidecar", "envoyproxy/envoy:v1.31.0")
}

resource "docker_container" "unknown" {
  for_each = { for s in var.services : s.name => s }
  image    = each.value.image
}

resource "kubernetes_pod" "dynamic" {
  spec {
    dynamic "container" {
      for_each = var.containers
      content {
        image = container.value.image
      }
    }
  }
}

module "app" {
  source   = "./app"
  for_each = local.services
  image    = each.value.app
}
