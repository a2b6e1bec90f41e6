ARG IMG="nginx:1.27@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
ARG BAD=redis@sha256:12
ARG STAGE=one
FROM $IMG AS one
FROM ${IMG} AS two
FROM $BAD
FROM $STAGE
COPY --from=$STAGE / /
COPY --from=${IMG} / /
FROM ${MISSING:-$IMG}
