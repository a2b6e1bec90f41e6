ARG BASE
ARG TAG=1.26
ARG TOOL=node:20
FROM ${TOOL} AS build
ARG USER
FROM nginx:${TAG}
FROM --platform=linux/amd64 $BASE AS final
FROM ${USER}
