resource "kubernetes_manifest" "x" {
  manifest = yamldecode(<<EOT
apiVersion: v1
kind: Pod
spec:
  containers:
  - image: nginx:1.27 # found
EOT
  )
}
