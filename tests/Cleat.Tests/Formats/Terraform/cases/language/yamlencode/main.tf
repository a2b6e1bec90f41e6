resource "kubectl_manifest" "x" {
  yaml_body = yamlencode({
    apiVersion = "v1"
    kind       = "Pod"
    spec       = { containers = [{ image = "nginx:1.27" }] } # found
  })
}
