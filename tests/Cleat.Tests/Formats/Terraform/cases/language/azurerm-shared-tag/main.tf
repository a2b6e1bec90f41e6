variable "tag" {
  default = "5" # found
}
resource "azurerm_linux_function_app" "x" {
  site_config {
    application_stack {
      docker {
        registry_url = "https://mcr.microsoft.com"
        image_name   = "shop/fun"
        image_tag    = var.tag
      }
    }
  }
}
