FROM \
  # a comment in between

  --platform=linux/amd64 \   
  nginx:1.27 \
  AS web
FROM ngi\
nx:1.28
RUN echo a \
# FROM not:this
  b \\
FROM real:1
COPY --from=web \
FROM not:that
FROM last:1 \
