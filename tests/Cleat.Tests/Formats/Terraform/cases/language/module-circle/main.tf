module "x" {
  source = "./a"
  image  = "nginx:1.27" # found
}
