resource "kubectl_manifest" "m" { yaml_body = file("pod.txt") }
