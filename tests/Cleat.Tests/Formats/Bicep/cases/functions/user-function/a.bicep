func img(tag string) string => 'nginx:${tag}'
resource a 'Microsoft.App/containerApps@2024-03-01' = {
  properties: { template: { containers: [ { name: 'a', image: img('1.27') } ] } }
}
