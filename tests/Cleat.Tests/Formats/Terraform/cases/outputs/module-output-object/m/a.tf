output "images" { value = { web = "nginx:1.27", db = "redis:7" } }
