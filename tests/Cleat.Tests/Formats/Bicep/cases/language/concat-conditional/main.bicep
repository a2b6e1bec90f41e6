param cache bool
resource app 'Microsoft.App/containerApps@2024-03-01' = {
  properties: {
    template: {
      containers: concat([
        { image: 'nginx:1.27' } // found
      ], cache ? [
        { image: 'redis:7' } // found
      ] : [])
    }
  }
}
