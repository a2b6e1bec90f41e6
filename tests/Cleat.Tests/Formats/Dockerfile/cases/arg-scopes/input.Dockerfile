ARG T=1
ARG T=2
ARG T
FROM a:$T
ARG T
ARG IMG=b:1
COPY --from=$IMG / /
COPY --from=c:$T / /
ENV T=9 IMG d:1
ENV OLD e:1
COPY --from=f:$T / /
COPY --from=$OLD / /
FROM g:$OLD
COPY --from=$LOST / /
FROM $IMG
FROM h:$LOST
