#  SYNTAX = docker/dockerfile:1.7 
# check=skip=all
# escape=`
FROM nginx:1 AS a
RUN echo `
  FROM not:this
COPY --from=redis:7 C:\ `
 C:\
