deployment "live" {
  inputs = {
    container_image = "nginx:1.24"
  }
}
