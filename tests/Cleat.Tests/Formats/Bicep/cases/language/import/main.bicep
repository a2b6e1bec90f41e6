import { image } from './shared.bicep'
resource app 'Microsoft.App/containerApps@2024-03-01' = {
  properties: {
    template: {
      containers: [{ image: image }]
    }
  }
}
