resource "azurerm_linux_web_app" "x" {
  site_config {
    application_stack {
      docker_image_name   = "shop/web:1" # found
      docker_registry_url = "https://mcr.microsoft.com"
    }
  }
}
resource "azurerm_windows_web_app" "x" {
  site_config {
    application_stack {
      docker_image_name   = "shop/web:2" # found
      docker_registry_url = "https://${var.registry}"
    }
  }
}
variable "registry" {
  default = "registry.example.com"
}
resource "azurerm_linux_web_app_slot" "x" {
  site_config {
    application_stack {
      docker_image_name   = "shop/web:3" # dynamic
      docker_registry_url = "https://${azurerm_container_registry.x.login_server}"
    }
  }
}
resource "azurerm_linux_web_app" "hub" {
  site_config {
    application_stack {
      docker_image_name   = "shop/web:4" # found
      docker_registry_url = "https://index.docker.io/v1"
    }
  }
}
resource "azurerm_linux_function_app" "x" {
  site_config {
    application_stack {
      docker {
        registry_url = "https://mcr.microsoft.com"
        image_name   = "shop/fun"
        image_tag    = "5" # found
      }
    }
  }
}
