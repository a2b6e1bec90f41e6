using './web.bicep'

param image = 'nginx:1.28'
param title = 'not:this'
