var more = [{ image: 'redis:7' }] // found
resource app 'Microsoft.App/containerApps@2024-03-01' = {
  properties: {
    template: {
      containers: union([{ image: 'nginx:1.27' }], more) // found
    }
  }
}
