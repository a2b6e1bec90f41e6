module "a" {
  source = "terraform-aws-modules/app-runner/aws"
  source_configuration = {
    image_repository = {
      image_identifier = "public.ecr.aws/nginx/nginx:1.27" # found
    }
  }
}
