@export()
var webImage = 'nginx:1.27'
