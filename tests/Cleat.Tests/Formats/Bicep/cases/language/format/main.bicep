param tag string = '1.27'
resource app 'Microsoft.App/containerApps@2024-03-01' = {
  properties: {
    template: {
      containers: [{ image: format('nginx:{0}', tag) }] // found
    }
  }
}
