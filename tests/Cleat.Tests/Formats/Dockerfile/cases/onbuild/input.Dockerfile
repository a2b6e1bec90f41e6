FROM alpine:3 AS base
ONBUILD FROM node:22 AS no-stage
ONBUILD COPY --from=redis:7 / /
onbuild add --from=base / /
ONBUILD RUN --mount=from=busybox:1 <<EOF
FROM not:this
EOF
ONBUILD ONBUILD FROM not:that
FROM no-stage
