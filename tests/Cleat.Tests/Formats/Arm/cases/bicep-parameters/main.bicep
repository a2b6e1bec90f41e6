param image string
param title string

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: title
  properties: {
    template: {
      containers: [ { image: image } ]
    }
  }
}
