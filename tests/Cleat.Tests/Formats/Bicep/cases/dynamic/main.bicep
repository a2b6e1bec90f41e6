param blue bool
param containers array

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  properties: {
    template: {
      containers: [
        {
          image: blue
            ? 'nginx:1.27'
            : 'nginx:1.26'
        }
        {
          image: '${registry.properties.loginServer}/app:1'
        }
        {
          image: format('{0}:{1}', 'nginx', '1')
        }
      ]
    }
  }
}

resource job 'Microsoft.App/jobs@2024-03-01' = {
  properties: {
    template: {
      containers: containers
      initContainers: [
        first
      ]
    }
  }
}

var first = {
  image: 'alpine:3.20'
}
