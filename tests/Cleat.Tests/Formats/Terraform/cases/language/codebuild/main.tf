resource "aws_codebuild_project" "x" {
  environment {
    image = "aws/codebuild/standard:7.0"
  }
}
