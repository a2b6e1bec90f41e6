module "x" {
  source = "./web"
  image  = "nginx:1.27" # found
}
