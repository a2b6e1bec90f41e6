# a whole reference may take its digest in the ARG line even when a stage's RUN and a label read it too
ARG IMG=nginx:1.27
ARG LABEL="built from $IMG"
ARG PLATFORM=linux/amd64
FROM --platform=$PLATFORM $IMG
ARG IMG
LABEL base=$IMG label=$LABEL
FROM debian:$PLATFORM
