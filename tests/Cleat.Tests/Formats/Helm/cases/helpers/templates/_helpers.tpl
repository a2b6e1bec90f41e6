{{- define "app.image" -}}
{{- $tag := .image.tag | default (printf "v%s" .root.Chart.AppVersion) -}}
{{- $registry := "" -}}
{{- if .registry -}}
{{- $registry = printf "%s/" .registry -}}
{{- end -}}
{{- printf "%s%s:%s" $registry .image.repository $tag -}}
{{- end -}}
{{- define "app.containers" -}}
- name: worker
  image: {{ include "app.image" (dict "image" .Values.worker.image "root" $ "registry" "ghcr.io") | quote }}
{{- end -}}
