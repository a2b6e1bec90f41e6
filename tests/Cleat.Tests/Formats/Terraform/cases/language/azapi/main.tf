resource "azapi_resource" "x" {
  type = "Microsoft.App/containerApps@2024-03-01"
  body = {
    properties = {
      template = {
        containers = [{ image = "nginx:1.27" }] # found
      }
    }
  }
}
resource "azapi_resource" "y" {
  type = "Microsoft.ContainerInstance/containerGroups@2023-05-01"
  body = jsonencode({
    properties = {
      containers = [{ properties = { image = "redis:7" } }] # found
    }
  })
}
