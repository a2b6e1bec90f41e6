module "c" {
  source = "GoogleCloudPlatform/cloud-run/google//modules/v2"
  containers = [
    { container_image = "gcr.io/shop/web:1" }, # found
  ]
}
