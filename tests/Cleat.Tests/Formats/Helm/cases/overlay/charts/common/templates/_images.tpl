{{- define "common.image" -}}
{{ .image.repository }}{{ with .image.digest }}@{{ . }}{{ end }}
{{- end -}}
