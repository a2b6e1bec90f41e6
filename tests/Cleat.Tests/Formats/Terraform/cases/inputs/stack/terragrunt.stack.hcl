unit "web" {
  source = "../modules/shop"
  values = {
    image = "nginx:1.26"
  }
}
