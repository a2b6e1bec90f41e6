resource "google_cloud_run_service" "v1" {
  template {
    spec {
      containers {
        image = "gcr.io/cloudrun/hello"
      }
    }
  }
}

resource "google_cloud_run_v2_service" "v2" {
  template {
    containers {
      image = "us-docker.pkg.dev/cloudrun/container/hello:1"
    }
  }
}

resource "google_cloud_run_v2_job" "j" {
  template { 
    template {
      containers { image = "gcr.io/p/job:2" }
    }
  }
}

resource "google_cloudbuild_trigger" "t" {
  build {
    images = ["gcr.io/p/out:1"]
    step {
      name = "gcr.io/cloud-builders/docker:24"
    }
  }
}

resource "google_compute_instance" "vm" {
  boot_disk {
    initialize_params {
      image = "debian-cloud/debian-12"
    }
  }
}

resource "azurerm_container_group" "g" {
  container {
    image = "mcr.microsoft.com/azuredocs/aci-helloworld:latest"
  }
  init_container {
    image = "busybox:1.36"
  }
}

resource "azurerm_container_app" "a" {
  template {
    container {
      image = "mcr.microsoft.com/k8se/quickstart:latest"
    }
  }
}

resource "azurerm_container_app_job" "j" {
  template {
    init_container {
      image = "alpine:3.20"
    }
  }
}

resource "azurerm_linux_web_app" "w" {
  site_config {
    application_stack {
      docker_image_name   = "appsvc/staticsite:latest"
      docker_registry_url = "https://mcr.microsoft.com"
    }
  }
}

resource "azurerm_app_service" "old" {
  site_config {
    linux_fx_version = "DOCKER|nginx:1.26"
  }
}

resource "azurerm_app_service" "code" {
  site_config {
    linux_fx_version = "NODE|20-lts"
  }
}
