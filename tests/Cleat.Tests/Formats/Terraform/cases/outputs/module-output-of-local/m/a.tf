locals { i = "nginx:1.27" }
output "image" { value = local.i }
