param image string
module web './inner.bicep' = {
  params: {
    image: image // dynamic
  }
}
