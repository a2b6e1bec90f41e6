var cs = loadJsonContent('./containers.json') // dynamic
resource app 'Microsoft.App/containerApps@2024-03-01' = {
  properties: {
    template: {
      containers: cs
    }
  }
}
