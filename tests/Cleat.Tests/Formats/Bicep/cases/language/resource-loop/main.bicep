var images = ['nginx:1.27', 'redis:7'] // found
resource app 'Microsoft.App/containerApps@2024-03-01' = [for i in images: {
  properties: {
    template: {
      containers: [{ image: i }]
    }
  }
}]
