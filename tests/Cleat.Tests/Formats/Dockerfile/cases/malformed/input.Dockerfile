FROM nginx@sha256:123456
FROM Nginx:1
FROM nginx:1:2
FROM nginx:
FROM a@b@c
COPY --from=UPPER/case x y
FROM --platform=linux/amd64
FROM
