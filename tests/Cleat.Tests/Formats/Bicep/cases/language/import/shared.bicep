@export()
var image = 'nginx:1.27' // found
