module web 'br:shop.azurecr.io/bicep/web:v1' = {
  params: {
    containerImage: 'nginx:1.27' // found
    osImage: 'ubuntu-22.04'
  }
}
