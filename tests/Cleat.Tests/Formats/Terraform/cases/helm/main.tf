resource "helm_release" "heredoc" {
  name  = "web"
  chart = "oci://registry.example.org/charts/web"

  values = [
    <<-EOT
      # not: nginx:0
      image:
        repository: ghcr.io/example/web
        tag: "1.27"
      sidecar:
        image: envoyproxy/envoy:v1.31.0
        icon: ${var.icon}
      pinned:
        image:
          repository: ghcr.io/example/pinned
          tag: 1.0@sha256:ba3d3c3e1f1b0e2a4d5c6b7a8f9e0d1c2b3a4f5e6d7c8b9a0f1e2d3c4b5a6f70
      filled:
        image:
          registry: quay.io
          repository: example/filled
          tag: "2"
          digest: ""
      followed: {image: ${var.image}}
      put_in:
        image: "redis:${local.redis}-alpine"
      unknown:
        image:
          repository: ${var.repository["x"]}
          tag: ${var.tag}
      %{ if var.debug ~}
      debugImage: busybox:1.36
      %{ endif ~}
      logo: https://example.org/image.png
      args: ["${join(": ", ["a", "b"])}"]
    EOT
    ,
    yamlencode({
      image = { repository = "ghcr.io/example/encoded", tag = "3" }
      init  = { image = "busybox:1.37" }
      other = {
        image = {
          repository = "ghcr.io/example/other"
          tag        = "4"
          digest     = ""
        }
      }
      none = { image = { repository = "ghcr.io/example/none", tag = "5", digest = null } }
      follow = { image = var.image, mainImage = "ghcr.io/example/${local.redis}" }
      tagged = { image = { repository = "ghcr.io/example/tagged", tag = var.tag } }
    }),
    file("${path.module}/values.yaml"),
    file("values/prod.yaml"),
    local.more,
    "image: one-line:1",
    jsonencode({ image = "json:1" }),
    templatefile("values.tpl", {}),
  ]
}

resource "helm_release" "sets" {
  chart = "ingress-nginx"

  set {
    name  = "controller.image.repository"
    value = "registry.k8s.io/ingress-nginx/controller"
  }
  set {
    name  = "controller.image.tag"
    value = "v1.11.2"
  }
  set {
    name  = "filled.image.repository"
    value = "example/filled"
  }
  set {
    name  = "filled.image.digest"
    value = ""
  }
  set {
    name  = "defaultBackend.image.tag"
    value = "1.5"
  }
  set {
    name  = "web.image"
    value = "nginx:1.27"
  }
  set {
    name  = "cache.image"
    value = var.image
  }
  set {
    name  = "image.pullPolicy"
    value = "Always"
  }
  set {
    name  = "annotations.example\\.org/image"
    value = "not:this"
  }
}

resource "helm_release" "list" {
  chart = "web"
  set = [
    { name = "image.repository", value = "ghcr.io/example/list" },
    { name = "image.tag", value = "6" },
  ]
}

resource "helm_release" "own_chart" {
  chart = "${path.module}/charts/app"

  values = [<<EOT
image:
  repository: ghcr.io/example/own
  tag: "7"
EOT
  ]

  set {
    name  = "job.image.repository"
    value = "ghcr.io/example/job"
  }
  set {
    name  = "job.image.tag"
    value = "8"
  }
}

data "helm_template" "shown" {
  chart  = "x"
  values = ["${var.all}"]
}

resource "helm_release" "again" {
  chart  = "web"
  values = [local.more]
}
