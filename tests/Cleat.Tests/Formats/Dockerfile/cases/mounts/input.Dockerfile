FROM alpine:3 AS base
RUN --mount=type=bind,from=golang:1.24,target=/go --mount=type=cache,target=/c \
    --mount=from=base,target=/b,readonly --mount="type=bind,From=node:22" \
  echo --mount=from=not:this
RUN --mount=type=secret,id=x cat
RUN echo hi --from=no:1
ADD --from=busybox:1 /a /b
ADD https://example.org/x /y
RUN --mount=type=bind,from=,target=/q --mount=from=$X true
