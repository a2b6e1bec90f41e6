@description('the front')
param image string = 'nginx:1.27'
param tag string = '7'
param unset string
var worker = 'python:${minor}-slim'
var minor = '3.12'
var images = {
  web: 'httpd:2.4'
}
var extra = [
  {
    name: 'extra'
    image: 'busybox:1.36'
  }
]

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: 'app'
  properties: {
    template: {
      initContainers: [
        {
          name: 'init'
          image: 'alpine:3.20' // first
        }
      ]
      containers: [
        { name: 'a', image: image }
        { name: 'b', image: 'redis:${tag}-alpine' }
        { name: 'c', image: 'redis@sha256:ba3d3c3e1f1b0e2a4d5c6b7a8f9e0d1c2b3a4f5e6d7c8b9a0f1e2d3c4b5a6f70' }
        { name: 'd', image: worker }
        { name: 'e', image: images['web'] }
        { name: 'f', image: images.web }
        { name: 'g', image: '${image}' }
        { name: 'h', image: unset }
      ]
    }
  }
}

resource job 'Microsoft.App/jobs@2024-03-01' = if (tag != '6') {
  properties: {
    template: {
      containers: extra
    }
  }
}

resource groups 'Microsoft.ContainerInstance/containerGroups@2023-05-01' = [for i in range(0, 2): {
  properties: {
    containers: [
      {
        name: 'c${i}'
        properties: {
          image: 'mcr.microsoft.com/azuredocs/aci-helloworld:latest'
        }
      }
    ]
  }
}]

resource site 'Microsoft.Web/sites@2023-12-01' = {
  properties: {
    siteConfig: {
      linuxFxVersion: 'DOCKER|nginx:1.26'
    }
  }
}

resource plain 'Microsoft.Web/sites@2023-12-01' = {
  properties: {
    siteConfig: {
      linuxFxVersion: 'NODE|20-lts'
    }
  }
}

resource batch 'Microsoft.Batch/batchAccounts@2024-02-01' existing = {
  name: 'batch'

  resource pool 'pools@2024-02-01' = {
    properties: {
      deploymentConfiguration: {
        virtualMachineConfiguration: {
          containerConfiguration: {
            containerImageNames: [
              'debian:12'
            ]
          }
        }
      }
    }
  }
}
