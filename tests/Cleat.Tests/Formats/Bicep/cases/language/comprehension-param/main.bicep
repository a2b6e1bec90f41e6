param cs array
resource app 'Microsoft.App/containerApps@2024-03-01' = {
  properties: {
    template: {
      containers: [for c in cs: {
        image: c.image // dynamic
      }]
    }
  }
}
