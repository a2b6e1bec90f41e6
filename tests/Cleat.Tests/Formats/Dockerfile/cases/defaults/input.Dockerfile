ARG SET=2
ARG NONE
ARG BLANK=
FROM ${NONE:-nginx:1}
FROM nginx:${NONE-3}
FROM nginx:${SET:-3}
FROM nginx${SET:+:4}
FROM nginx${NONE:+:5}
FROM nginx:1${SET+-alpine}
FROM nginx:${NONE:-${BLANK:-${SET}}}
FROM "${NONE:-"redis:7"}"
FROM ${NONE:?give one}
FROM nginx:${BLANK-6}
FROM nginx:${SET%.*}
FROM ${TARGETARCH:-x}
FROM open:${SET
FROM ${}
