param old bool
resource app 'Microsoft.App/containerApps@2024-03-01' = {
  properties: {
    template: {
      containers: old ? [{ image: 'nginx:1.26' }] : [{ image: 'nginx:1.27' }] // found
    }
  }
}
