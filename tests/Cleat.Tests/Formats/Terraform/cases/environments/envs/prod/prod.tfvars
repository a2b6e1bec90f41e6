image = "ghcr.io/example/app:2"
tag   = "2.0"
web   = { image = "nginx:1.27" }
