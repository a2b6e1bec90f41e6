resource web 'Microsoft.Web/sites/config@2023-12-01' = {
  name: 'web'
  properties: {
    linuxFxVersion: 'DOCKER|nginx:1.27' // found
  }
}
resource site 'Microsoft.Web/sites@2023-12-01' = {
  properties: {
    siteConfig: {
      windowsFxVersion: 'DOCKER|mcr.microsoft.com/shop/web:1' // found
    }
  }
}
resource side 'Microsoft.Web/sites/sitecontainers@2024-04-01' = {
  properties: {
    image: 'redis:7' // found
  }
}
