import { webImage } from './shared.bicep'
resource a 'Microsoft.App/containerApps@2024-03-01' = {
  properties: { template: { containers: [ { name: 'a', image: webImage } ] } }
}
