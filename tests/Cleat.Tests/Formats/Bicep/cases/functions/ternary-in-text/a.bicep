param c bool
resource a 'Microsoft.App/containerApps@2024-03-01' = {
  properties: { template: { containers: [ { name: 'a', image: 'nginx:${c ? '1.27' : '1.28'}' } ] } }
}
