apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
  - name: a
    image: ${image}
