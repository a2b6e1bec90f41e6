FROM alpine:3
RUN <<EOF
FROM not:a
COPY --from=not:b / /
EOF
COPY --from=redis:7 <<one <<-"two" /x
FROM not:c
one
	FROM not:d
	two
RUN cat <<'EOF' > /x && echo "<<NO"
FROM not:e
 EOF
EOF
RUN <<EOF cat
EOF
RUN echo 1 << 2
RUN echo 3<<<EOF
CMD <<EOF
FROM nginx:1
EOF
