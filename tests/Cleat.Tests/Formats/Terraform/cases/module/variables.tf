variable "image" {
  type    = string
  default = "redis:7"
}

variable "tag" {
  default = "1.27"
}

variable "repository" {
  default = "python"
}

variable "nowhere" {
  type = string
}

variable "from_settings" {
}

variable "kind" {
  default = "web"
}

variable "app" {
  default = {
    image = "ghcr.io/example/app:4"
    name  = "app"
  }
}

variable "unused" {
  default = "mysql:8"
}
