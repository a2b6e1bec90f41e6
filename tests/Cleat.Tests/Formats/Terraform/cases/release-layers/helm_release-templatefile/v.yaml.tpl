image:
  repository: nginx
  tag: "${tag}"
