module web './web.bicep' = {
  params: {
    image: 'nginx:1.27' // found
  }
}
