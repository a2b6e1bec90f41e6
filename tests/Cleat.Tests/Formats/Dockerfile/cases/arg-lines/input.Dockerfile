ARG IMG=nginx\
:1.27
ARG WIN="node\
:22"
FROM $IMG
FROM $WIN
FROM redis:$IMG
