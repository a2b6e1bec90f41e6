func img() string => 'nginx:1.27'
resource a 'Microsoft.App/containerApps@2024-03-01' = {
  properties: { template: { containers: [ { name: 'a', image: img() } ] } }
}
