resource app 'Microsoft.App/containerApps@2024-03-01' = {
  properties: {
    template: {
      containers: [
        { image: 'nginx:1.27' } // found
      ]
    }
  }
}
