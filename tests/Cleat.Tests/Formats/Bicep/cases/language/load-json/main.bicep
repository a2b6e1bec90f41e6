var cs = loadJsonContent('./containers.json')
resource app 'Microsoft.App/containerApps@2024-03-01' = {
  properties: {
    template: {
      containers: cs // dynamic
    }
  }
}
