{{/* The service's name: part of every object's name. */}}
{{- define "mi.name" -}}
{{- default .Release.Name .Values.service -}}
{{- end }}

{{- define "mi.tenant" -}}
{{- required "tenant is missing: say whose service this is" .Values.tenant -}}
{{- end }}

{{- define "mi.environment" -}}
{{- required "environment is missing: env/<env>.yaml says it" .Values.environment -}}
{{- end }}

{{/* "true" where production rules hold. */}}
{{- define "mi.production" -}}
{{- if or .Values.production (eq .Values.environment "prod") (eq .Values.environment "production") }}true{{ end -}}
{{- end }}

{{/* The lowest number of pods there may be. */}}
{{- define "mi.minReplicas" -}}
{{- if .Values.autoscaling.enabled }}{{ .Values.autoscaling.minReplicas }}{{ else }}{{ .Values.replicas }}{{ end -}}
{{- end }}

{{- define "mi.image" -}}
{{- $repository := required "image.repository is missing: no release of this service has been committed here yet" .Values.image.repository -}}
{{- $digest := required "image.digest is missing: no release of this service has been committed here yet" .Values.image.digest -}}
{{- printf "%s@%s" $repository $digest -}}
{{- end }}

{{- define "mi.home" -}}
{{- default (printf "/home/wso2carbon/wso2mi-%s" .Values.runtime.version) .Values.runtime.home -}}
{{- end }}

{{/* A folder of the runtime's home as a name in the volume of what it writes. */}}
{{- define "mi.slot" -}}
{{- if eq . "." }}home{{ else }}{{ . | replace "/" "--" }}{{ end -}}
{{- end }}

{{/* Never changes over a service's life: selectors are immutable. */}}
{{- define "mi.selector" -}}
app.kubernetes.io/name: {{ include "mi.name" . | quote }}
app.kubernetes.io/part-of: {{ include "mi.tenant" . | quote }}
{{- end }}

{{- define "mi.labels" -}}
{{ include "mi.selector" . }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/component: {{ .Values.type | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | quote }}
imaas.io/tenant: {{ include "mi.tenant" . | quote }}
imaas.io/environment: {{ include "mi.environment" . | quote }}
imaas.io/service: {{ include "mi.name" . | quote }}
{{- end }}

{{/* What is of this release alone: on pods and workloads, never in a selector. */}}
{{- define "mi.releaseLabels" -}}
{{- with .Values.version }}
app.kubernetes.io/version: {{ regexReplaceAll "[^A-Za-z0-9_.-]" (toString .) "_" | trunc 63 | trimAll "-_." | quote }}
{{- end }}
{{- end }}

{{- define "mi.releaseAnnotations" -}}
imaas.io/image: {{ include "mi.image" . | quote }}
{{- with .Values.image.tag }}
imaas.io/image-tag: {{ . | quote }}
{{- end }}
{{- with .Values.source.commit }}
imaas.io/source-commit: {{ . | quote }}
{{- end }}
{{- with .Values.source.tree }}
imaas.io/source-tree: {{ . | quote }}
{{- end }}
{{- end }}
