ARG TAG=1.27@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
ARG DIGEST=sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
ARG TWICE=1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
FROM nginx:${TAG}
FROM nginx@${DIGEST}
FROM one:${TWICE}
FROM two:${TWICE}
