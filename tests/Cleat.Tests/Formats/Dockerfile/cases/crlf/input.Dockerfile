# syntax=docker/dockerfile:1
ARG T=1
FROM a:$T \

  AS x
RUN <<EOF
FROM no:1
EOF
FROM b:2