resource "docker_container" "x" {
  image = lookup({ web = "nginx:1.27" }, "web", "redis:7") # found
}
