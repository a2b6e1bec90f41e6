image = "redis:7.2@sha256:ba3d3c3e1f1b0e2a4d5c6b7a8f9e0d1c2b3a4f5e6d7c8b9a0f1e2d3c4b5a6f70"
kind  = "api"
app   = { image = "ghcr.io/example/app:5" }
