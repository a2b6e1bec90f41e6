source "docker" "base" {
  image = "ubuntu:24.04"
}
