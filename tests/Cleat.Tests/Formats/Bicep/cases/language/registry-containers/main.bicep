module web 'br/public:avm/res/app/container-app:0.11.0' = {
  params: {
    containers: [
      { image: 'nginx:1.27' } // found
    ]
  }
}
