param blue bool
param tag string = '1.27'
param image string?
param registry string
param images object = {
  web: 'httpd:2.4'
  api: 'node:22'
}
var all = {
  cache: { name: 'redis:7' }
}

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  properties: {
    template: {
      containers: [
        { image: blue ? 'nginx:1.27' : 'nginx:1.26' }
        {
          image: blue
            ? images.web
            : images['api']
        }
        { image: all.cache.name }
        { image: image ?? 'instead:1' }
        { image: (empty(image) ? 'given:1' : image) }
        { image: format('{0}:{1}', 'format', tag) }
        { image: format('{0}/app:{1}', registry, tag) }
        { image: concat('concat:', '1.2') }
        { image: concat('concat:', tag) }
        { image: join(['join', '3'], ':') }
        { image: format('{0:x}', tag) }
        { image: '${blue ? 'a' : 'b'}:1' }
        { image: '${format('{0}', 'put-in')}:${tag}' }
        { image: toLower('Nginx:1') }
        { image: blue ? 'half:1' : registry }
        { image: image.?name }
      ]
    }
  }
}
