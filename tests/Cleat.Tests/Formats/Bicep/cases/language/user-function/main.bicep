func image(tag string) string => 'nginx:${tag}'
resource app 'Microsoft.App/containerApps@2024-03-01' = {
  properties: {
    template: {
      containers: [{ image: image('1.27') }] // dynamic
    }
  }
}
