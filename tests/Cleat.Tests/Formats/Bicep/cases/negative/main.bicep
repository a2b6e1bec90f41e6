// containers: [ { image: 'no:1' } ]
param image string = 'nobody-uses:this'
resource vm 'Microsoft.Compute/virtualMachines@2024-03-01' = {
  properties: {
    storageProfile: {
      imageReference: {
        offer: 'ubuntu'
      }
    }
    containers: [
      { image: 'not:this' }
    ]
  }
}
output image string = image
