target "app" {
  contexts = {
    a = "docker-image://Alpine:3"
    b = "docker-image://alpine@sha256:12"
  }
}
target "cut" {
  contexts = {
    c = "docker-image://busybox:1"
