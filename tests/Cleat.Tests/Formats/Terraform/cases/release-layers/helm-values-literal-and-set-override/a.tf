resource "helm_release" "r" {
  name   = "a"
  chart  = "x"
  values = [<<EOT
image:
  repository: nginx
  tag: "1.26"
EOT
  ]
  set {
    name  = "image.tag"
    value = "1.27"
  }
}
