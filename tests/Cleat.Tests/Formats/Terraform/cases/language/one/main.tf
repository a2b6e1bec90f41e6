resource "docker_container" "x" {
  image = one(["nginx:1.27"]) # found
}
