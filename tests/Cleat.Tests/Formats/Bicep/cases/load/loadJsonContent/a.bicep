var c = loadJsonContent('./images.json')
resource a 'Microsoft.App/containerApps@2024-03-01' = {
  properties: { template: { containers: [ { name: 'a', image: c.web } ] } }
}
