FROM scratch AS Empty
FROM empty AS Build
FROM BUILD
FROM later
COPY --from=0 / /
COPY --from=build / /
COPY --from=later / /
COPY --from=scratch / /
FROM alpine:3 AS later
COPY --from=LATER / /
RUN --mount=type=bind,from=empty,target=/x true
