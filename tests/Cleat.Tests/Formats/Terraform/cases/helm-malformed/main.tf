resource "helm_release" "broken" {
  values = [
    <<-EOT
      image: nginx:1.27
      web:
        image: nginx@sha256:123
       tag: [
    EOT
    ,
    "image:\n  repository: \"escaped\"\n  tag: '1'\n",
    "no: \"matter\"",
  ]

  set {
    name  = "image.digest"
    value = "sha256:123"
  }
  set {
    name  = "image.repository"
    value = "ghcr.io/example/bad"
  }
  set {
    name = "image"
  }
}
