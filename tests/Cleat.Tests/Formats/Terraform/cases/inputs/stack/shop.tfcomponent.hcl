component "web" {
  source = "../modules/shop"
  inputs = {
    image = "nginx:1.25"
    side  = var.side
  }
}
