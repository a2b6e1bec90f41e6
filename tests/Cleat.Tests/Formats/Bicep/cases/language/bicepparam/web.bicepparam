using './web.bicep'

param image = 'nginx:1.27' // found
