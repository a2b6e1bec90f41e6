param old bool
resource app 'Microsoft.App/containerApps@2024-03-01' = {
  properties: {
    template: {
      containers: [{ image: old ? 'nginx:1.26' : 'nginx:1.27' }] // found
    }
  }
}
