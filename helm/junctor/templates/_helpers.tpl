{{- define "junctor.name" -}}
{{- printf "%s" .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "junctor.selector" -}}
app.kubernetes.io/name: junctor
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "junctor.labels" -}}
{{ include "junctor.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}
