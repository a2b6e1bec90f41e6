job "a" {
  group "g" {
    task "t" {
      driver = "docker"
      config { image = "nginx@sha256:xyz" }
    }
