resource "aws_ecs_task_definition" "encoded" {
  family = "shop"
  container_definitions = jsonencode([
    {
      name      = "web"
      image     = "nginx:1.27"
      essential = true
    },
    merge(local.logging, { name = "log", image = "fluent/fluent-bit:3.1" }),
  ])
}

resource "aws_ecs_task_definition" "text" {
  family                = "text"
  container_definitions = <<DEFINITION
[
  {
    "name": "web",
    "image": "httpd:2.4",
    "cpu": ${var.cpu},
    "environment": [{ "name": "IMAGE", "value": "not:this" }]
  },
  {
    "name": "side",
    "image": "${var.sidecar}:1"
  }
]
DEFINITION
}

resource "aws_ecs_task_definition" "escaped" {
  container_definitions = "[{\"name\": \"a\", \"image\": \"busybox:1.36\"}]"
}

resource "aws_ecs_task_definition" "named" {
  container_definitions = jsonencode(local.containers)
}

resource "aws_ecs_task_definition" "file" {
  container_definitions = templatefile("${path.module}/task.json.tpl", { tag = var.tag })
}

resource "aws_ecs_task_definition" "joined" {
  container_definitions = "[${join(",", local.definitions)}]"
}

resource "aws_ecs_task_definition" "items" {
  container_definitions = jsonencode(concat([local.web, module.log.definition], var.more))
}

variable "more" {
  default = [{ image = "memcached:1.6" }]
}

locals {
  web        = { name = "web", image = "caddy:2" }
  containers = [
    { name = "job", image = "python:3.12-slim" },
    { name = "pinned", image = "python:3.12-slim@sha256:ba3d3c3e1f1b0e2a4d5c6b7a8f9e0d1c2b3a4f5e6d7c8b9a0f1e2d3c4b5a6f70" },
  ]
}

resource "aws_batch_job_definition" "b" {
  container_properties = jsonencode({ image = "amazonlinux:2023", vcpus = 1 })
}

resource "aws_batch_job_definition" "text" {
  container_properties = <<-JSON
    { "command": ["true"], "image": "amazonlinux:2" }
  JSON
}

resource "aws_lambda_function" "f" {
  package_type = "Image"
  image_uri    = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/f:5"
}

resource "aws_lambda_function" "zip" {
  filename = "f.zip"
  image_uri = null
}

resource "aws_codebuild_project" "c" {
  environment {
    image = "aws/codebuild/standard:7.0"
  }
}

resource "aws_codebuild_project" "own" {
  environment {
    image = "golang:1.23"
  }
}

resource "aws_apprunner_service" "r" {
  source_configuration {
    image_repository {
      image_identifier = "public.ecr.aws/nginx/nginx:1.27"
    }
  }
}

resource "aws_sagemaker_model" "m" {
  primary_container {
    image = "174872318107.dkr.ecr.us-west-2.amazonaws.com/kmeans:1"
  }
}

resource "aws_lightsail_container_service_deployment_version" "l" {
  container {
    image = "amazon/amazon-lightsail:hello-world"
  }
}
