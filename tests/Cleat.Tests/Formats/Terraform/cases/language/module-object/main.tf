module "x" {
  source = "./web"
  web = {
    image = "nginx:1.27" # found
    name  = "redis:7"
  }
}
