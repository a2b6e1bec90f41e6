#!/bin/sh
# docker run commented:1
set -e
docker run --rm -v "$PWD:/src" nginx:1.27 nginx -t
docker pull alpine@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef && docker pull redis@sha256:12
podman create --name x "$IMAGE"
docker build -t built:1 .
