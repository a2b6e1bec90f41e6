FROM alpine:3
RUN <<EOF
echo
FROM hidden:1
