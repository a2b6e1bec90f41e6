var c = loadJsonContent('./images.json', 'images.web')
resource a 'Microsoft.App/containerApps@2024-03-01' = {
  properties: { template: { containers: [ { name: 'a', image: c } ] } }
}
