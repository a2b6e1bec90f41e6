ARG TAG=1.27
ARG NODE=22 EXTRA="bookworm"
ARG SHARED=3.20
ARG SEEN=8
ARG REG=docker.io
ARG UNKNOWN
ARG BLANK=
FROM nginx:${TAG}
FROM node:${NODE}-${EXTRA} AS node
FROM alpine:${SHARED} AS one
FROM alpine:$SHARED AS two
FROM redis:${SEEN}
ARG SEEN
FROM ${REG}/library/busybox:1
FROM ${UNKNOWN}/app:1
FROM ${UNKNOWN}/app@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
FROM ${BLANK}debian:12
FROM ubuntu:$BLANK
