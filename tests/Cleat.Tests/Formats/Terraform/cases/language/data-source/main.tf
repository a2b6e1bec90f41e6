resource "docker_container" "x" {
  image = data.aws_ecr_image.x.image_uri # dynamic
}
