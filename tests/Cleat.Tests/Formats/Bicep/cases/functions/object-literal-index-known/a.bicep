resource a 'Microsoft.App/containerApps@2024-03-01' = {
  properties: { template: { containers: [ { name: 'a', image: { dev: 'nginx:1.27', prod: 'redis:7' }.prod } ] } }
}
