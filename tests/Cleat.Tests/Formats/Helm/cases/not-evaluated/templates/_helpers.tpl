{{- define "forever" -}}{{ include "forever" . }}{{ include "forever" . }}{{- end -}}
