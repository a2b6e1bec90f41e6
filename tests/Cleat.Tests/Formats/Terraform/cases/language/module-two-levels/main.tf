module "x" {
  source = "./outer"
  image  = "nginx:1.27" # found
}
