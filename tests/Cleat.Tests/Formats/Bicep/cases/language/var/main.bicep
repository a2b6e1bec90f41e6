var image = 'nginx:1.27' // found
resource app 'Microsoft.App/containerApps@2024-03-01' = {
  properties: {
    template: {
      containers: [{ image: image }]
    }
  }
}
