module "vm" {
  source = "hashicorp/vm/cloud"
  image  = "ubuntu-22.04"
}
