terraform {
  source = "tfr:///terraform-aws-modules/lambda/aws?version=7.0.0"
}

inputs = {
  image_uri = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop:1"
  image     = "ubuntu-22.04"
}
