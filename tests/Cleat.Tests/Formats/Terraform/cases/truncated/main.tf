resource "docker_container" "whole" {
  image = "nginx:1.27"
}

resource "docker_container" "cut" {
  image = "redis
}
