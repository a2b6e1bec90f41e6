ARG VARIANT=slim
FROM debian:12-slim AS base-slim
FROM debian:12 AS base-fat
FROM base-${VARIANT} AS a
FROM base-$TARGETARCH
FROM ${VARIANT}-base
FROM other-${TARGETARCH}
