resource app 'Microsoft.App/containerApps@2024-03-01' = {
  properties: {
    template: {
      containers: [
        { image: 'nginx@sha256:12' }
        { image: 'Nginx:1' }
      ]
    }
  }
}
