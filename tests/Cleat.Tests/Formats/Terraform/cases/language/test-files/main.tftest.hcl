variables {
  image = "redis:7"
}
