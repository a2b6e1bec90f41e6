# an ordinary two-stage build
FROM golang:1.24-alpine AS build
WORKDIR /src
COPY . .
RUN go build -o /app
FROM alpine
COPY --from=build /app /app
COPY --chown=1:1 --from=nginx:1.27 --link /etc/nginx /etc/nginx
ENTRYPOINT ["/app"]
