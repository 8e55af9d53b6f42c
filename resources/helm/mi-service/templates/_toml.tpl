{{/* deployment.toml: TOML's basic strings are JSON's. */}}
{{- define "mi.toml" -}}
[server]
hostname = {{ printf "%s.%s.svc" (include "mi.name" .) .Release.Namespace | toJson }}

[keystore.primary]
file_name = "repository/resources/security/wso2carbon.jks"
alias = {{ .Values.keystore.alias | toJson }}
{{- if or .Values.keystore.secret .Values.keystore.passwordSecret }}
password = "$env{KEYSTORE_PASSWORD}"
key_password = "$env{KEYSTORE_PASSWORD}"
{{- else }}
password = "wso2carbon"
key_password = "wso2carbon"
{{- end }}

[truststore]
file_name = "repository/resources/security/client-truststore.jks"
{{- if or .Values.keystore.secret .Values.keystore.passwordSecret }}
password = "$env{TRUSTSTORE_PASSWORD}"
{{- else }}
password = "wso2carbon"
{{- end }}
alias = "symmetric.key.value"
algorithm = "AES"
{{- if .Values.observability.metrics }}

[[synapse_handlers]]
name = "MetricHandler"
class = "org.wso2.micro.integrator.observability.metric.handler.MetricHandler"
{{- end }}
{{- with .Values.observability.tracing }}
{{- if .enabled }}

# Statistics are what spans are made of. Payloads are never collected: they hold the tenants' data.
[mediation]
flow.statistics.enable = true
flow.statistics.capture_all = true
flow.tracer.collect_payloads = false

[opentelemetry]
enable = true
logs = true
type = {{ .type | toJson }}
{{- if .url }}
url = {{ .url | toJson }}
{{- end }}
{{- end }}
{{- end }}
{{- if and .Values.observability.icp.url (ne .Values.type "step") }}

# Secrets come by the variable; the pod's name tells one runtime of a service from another.
[icp_config]
enabled = true
environment = {{ include "mi.environment" . | toJson }}
project = {{ include "mi.tenant" . | toJson }}
integration = {{ include "mi.name" . | toJson }}
runtime = "$env{POD_NAME}"
secret = "$env{ICP_SECRET}"
icp_url = {{ .Values.observability.icp.url | toJson }}
{{- end }}
{{- with .Values.runtime.extraToml }}

{{ . }}
{{- end }}
{{- end }}
