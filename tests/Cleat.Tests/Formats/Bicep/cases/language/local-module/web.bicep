param image string
resource app 'Microsoft.App/containerApps@2024-03-01' = {
  properties: {
    template: {
      containers: [{ image: image }] // dynamic
    }
  }
}
