{{- define "c.image" -}}
{{- $tag := .Values.image.tag -}}
{{ printf "%s:%s" .Values.image.repository $tag }}
{{- end -}}
{{- define "c.pod" -}}
containers:
  - name: a
    image: redis:8
{{- end -}}
