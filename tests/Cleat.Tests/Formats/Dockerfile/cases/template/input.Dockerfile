ARG BASE={{ .Base }}
FROM {{ .Image }} AS a
FROM {{ .Registry }}/app:{{ .Tag | default "x" }}
{% if x %}
FROM <%= image %>
{% endif %}
FROM $BASE
FROM @IMAGE@
FROM {{ .Repo }}@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
