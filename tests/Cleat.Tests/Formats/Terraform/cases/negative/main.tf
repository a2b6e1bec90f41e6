resource "aws_instance" "vm" {
  ami   = "ami-1234"
  image = "not:this"
}

resource "google_container_cluster" "c" {
  node_config {
    image_type = "COS_CONTAINERD"
  }
}

variable "image" {
  default = "nobody-uses:this"
}

output "image" {
  value = var.image
}
