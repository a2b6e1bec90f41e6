module web 'web.bicep' = {
  name: 'web'
  params: {
    image: 'nginx:1.27'
    title: 'not:this'
  }
}

module registry 'br/public:avm/res/app/container-app:0.11.0' = {
  params: {
    containers: [
      {
        image: 'httpd:2.4'
      }
    ]
  }
}
