# docker-image:// stands in a comment only
group "default" {
  targets = ["app"]
}
target "app" {
  tags = ["nginx:1"]
  args = { IMAGE = "nginx:1" }
  contexts = { src = "." }
}
