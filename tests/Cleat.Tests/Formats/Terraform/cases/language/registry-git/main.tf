module "c" {
  source    = "git::https://example.com/lambda.git?ref=v1"
  image_uri = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/f:1" # found
}
