var c = loadYamlContent('./images.yaml')
resource a 'Microsoft.App/containerApps@2024-03-01' = {
  properties: { template: { containers: [ { name: 'a', image: '${c.web}' } ] } }
}
