param n string = 'NGINX-TAG'
resource a 'Microsoft.App/containerApps@2024-03-01' = {
  properties: { template: { containers: [ { name: 'a', image: replace(toLower(n), '-tag', ':1.27') } ] } }
}
