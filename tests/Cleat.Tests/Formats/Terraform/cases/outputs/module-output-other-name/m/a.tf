output "web" { value = "nginx:1.27" }
