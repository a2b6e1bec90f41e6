output "image" {
  value = "nginx:1.27" # found
}
