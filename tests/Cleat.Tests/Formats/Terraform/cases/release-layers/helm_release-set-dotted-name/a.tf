resource "helm_release" "r" {
  name  = "a"
  chart = "x"
  set {
    name  = "images.example\\.com.repository"
    value = "nginx"
  }
  set {
    name  = "images.example\\.com.tag"
    value = "1.27"
  }
}
