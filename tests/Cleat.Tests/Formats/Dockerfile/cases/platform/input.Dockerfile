FROM --platform=$BUILDPLATFORM golang:1.24 AS build
FROM --platform=linux/arm64 debian:12
FROM --platform linux/amd64 alpine:3
FROM app-${TARGETARCH}
FROM ${TARGETOS}/x:1
