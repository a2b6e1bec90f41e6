module web './outer.bicep' = {
  params: {
    image: 'nginx:1.27' // found
  }
}
