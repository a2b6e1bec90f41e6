/* resource "docker_container" "comment" { image = "no:1" } */
// image = "no:2"
resource docker_container one { image = "nginx:1.27" /* tail */ }

resource "docker_container" "escaped" {
  image = "\u006eginx:1.27"
}

resource "docker_container" "heredoc" {
  command = ["sh", "-c", <<-EOT
    image = "no:3"
    }
  EOT
  ]
  image = "alpine:3.20" // why
  env   = ["A=${join("}", ["\"", "{"])}", "B=$${no}"]
}

resource "docker_container" "words" {
  name  = "é"
  image = "busybox:1.36"
}
