target "web" {
  tags = ["shop/bake:dev"]
}
