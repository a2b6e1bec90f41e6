var base = { image: 'nginx:1.27' } // found
var more = [{ image: 'redis:7' }] // found
resource app 'Microsoft.App/containerApps@2024-03-01' = {
  properties: {
    template: {
      containers: [
        {
          ...base
          name: 'web'
        }
        ...more
      ]
    }
  }
}
