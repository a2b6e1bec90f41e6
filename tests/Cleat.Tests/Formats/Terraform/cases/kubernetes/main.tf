resource "kubernetes_deployment_v1" "shop" {
  metadata {
    name = "shop"
  }

  spec {
    template {
      spec {
        init_container {
          name  = "migrate"
          image = "ghcr.io/example/migrate:2.1"
        }

        container {
          name  = "web"
          image = "nginx:1.27" # the front
        }

        container {
          name  = "api"
          image = "ghcr.io/example/api:3@sha256:ba3d3c3e1f1b0e2a4d5c6b7a8f9e0d1c2b3a4f5e6d7c8b9a0f1e2d3c4b5a6f70"
        }

        dynamic "container" {
          for_each = var.sidecars
          content {
            name  = container.key
            image = "envoyproxy/envoy:v1.31.0"
          }
        }

        volume {
          name = "disk"
          rbd {
            rbd_image = "disk"
          }
        }
      }
    }
  }
}

resource "kubernetes_cron_job_v1" "clean" {
  spec {
    job_template {
      spec {
        template {
          spec {
            container {
              name  = "clean"
              image = "busybox"
            }
          }
        }
      }
    }
  }
}

resource "kubernetes_manifest" "agent" {
  manifest = {
    apiVersion = "apps/v1"
    kind       = "DaemonSet"
    spec = {
      template = {
        spec = {
          containers = [
            { name = "agent", image = "datadog/agent:7" },
          ]
          "initContainers" : [{
            image : "alpine:3.20"
          }]
        }
      }
    }
  }
}

resource "kubernetes_manifest" "text" {
  manifest = yamldecode(<<-EOT
    apiVersion: v1
    kind: Pod
    metadata:
      name: ${var.name}
    spec:
      containers:
        - name: one
          image: redis:7
        - name: two
          image: "redis:${var.tag}"
  EOT
  )
}

resource "kubectl_manifest" "file" {
  yaml_body = file("${path.module}/pod.yaml")
}

resource "helm_release" "proxy" {
  chart = "proxy"

  set {
    name  = "controller.image"
    value = "haproxy:3.0"
  }

  set {
    name  = "controller.image.tag"
    value = "3.0"
  }
}

resource "kubernetes_manifest" "task" {
  manifest = {
    apiVersion = "tekton.dev/v1"
    kind       = "Task"
    spec = {
      steps = [{ name = "build", image = "golang:1.23" }]
    }
  }
}
