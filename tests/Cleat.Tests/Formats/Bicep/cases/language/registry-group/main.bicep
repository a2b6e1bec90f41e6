module web 'br/public:avm/res/container-instance/container-group:0.4.0' = {
  params: {
    containers: [
      { properties: { image: 'nginx:1.27' } } // found
    ]
  }
}
