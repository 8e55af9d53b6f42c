{{/*
What a schema cannot say because two values are involved. Every template of a workload includes it, so nothing is
rendered from values that contradict each other.
*/}}
{{- define "mi.rules" -}}
{{- $v := .Values -}}
{{- $step := eq $v.type "step" -}}
{{- if and (include "mi.production" .) (not $step) (lt (int (include "mi.minReplicas" .)) 3) -}}
{{- fail (printf "production needs at least 3 replicas, and here are %s: set replicas (or autoscaling.minReplicas) to 3 or more in env/%s.yaml" (include "mi.minReplicas" .) $v.environment) -}}
{{- end -}}
{{- if and $v.autoscaling.enabled (gt (int $v.autoscaling.minReplicas) (int $v.autoscaling.maxReplicas)) -}}
{{- fail "autoscaling.minReplicas is more than autoscaling.maxReplicas" -}}
{{- end -}}
{{- if and $v.autoscaling.enabled $step -}}
{{- fail "autoscaling: a step runs to an end and is not scaled; set autoscaling.enabled to false" -}}
{{- end -}}
{{- if and $v.autoscaling.enabled (not $v.resources.requests.cpu) -}}
{{- fail "autoscaling goes by CPU utilisation in percent of resources.requests.cpu, which is missing" -}}
{{- end -}}
{{- if and $v.ingress.enabled (ne $v.type "gateway") -}}
{{- fail (printf "ingress: nobody calls a %s; only a gateway has an Ingress" $v.type) -}}
{{- end -}}
{{- if and $v.ingress.enabled (or (not $v.ingress.host) (not $v.ingress.tlsSecret)) -}}
{{- fail "ingress needs host and tlsSecret" -}}
{{- end -}}
{{- if and $v.network.allowFrom (ne $v.type "gateway") -}}
{{- fail (printf "network.allowFrom: nobody calls a %s; only a gateway is called" $v.type) -}}
{{- end -}}
{{- if and (not $step) $v.step.schedule -}}
{{- fail (printf "step.schedule: a %s runs all the time; only a step has a schedule" $v.type) -}}
{{- end -}}
{{- if le (int $v.rollout.terminationGraceSeconds) (int $v.rollout.drainSeconds) -}}
{{- fail "rollout.terminationGraceSeconds must be more than rollout.drainSeconds, or pods are killed with requests in their hands" -}}
{{- end -}}
{{- if and $v.observability.tracing.enabled (ne $v.observability.tracing.type "log") (not $v.observability.tracing.url) -}}
{{- fail "observability.tracing.url is missing: where is the collector?" -}}
{{- end -}}
{{- if and $v.observability.icp.url (not $step) (not $v.secretsFrom) (not (hasKey $v.secretEnv "ICP_SECRET")) -}}
{{- fail "observability.icp.url needs the variable ICP_SECRET: name the Secret that holds it in secretsFrom or secretEnv" -}}
{{- end -}}
{{- if and (or (eq $v.runtime.toml "platform") ($v.global).podAnnotations) (not (or (has "." $v.runtime.writable) (has "conf" $v.runtime.writable))) -}}
{{- fail "runtime.writable needs conf: deployment.toml and the service's secrets are put there" -}}
{{- end -}}
{{- range $place, $given := dict "ingress" $v.ingress.annotations "serviceAccount" $v.serviceAccount.annotations -}}
{{- if hasKey (default dict $given) "helm.sh/hook" -}}
{{- fail (printf "%s.annotations: helm.sh/hook makes it a hook of Helm, which runs beside what is looked at" $place) -}}
{{- end -}}
{{- end -}}
{{- $own := list "JAVA_OPTS" "JVM_MEM_OPTS" "SERVICE_NAME" "POD_NAME" "KEYSTORE_PASSWORD" "TRUSTSTORE_PASSWORD" -}}
{{- range $name, $ignored := merge (dict) $v.config $v.secretEnv -}}
{{- if has $name $own -}}
{{- fail (printf "%s is set by the platform: leave it out of config and secretEnv (runtime.javaOpts adds JVM options)" $name) -}}
{{- end -}}
{{- if and (hasKey $v.config $name) (hasKey $v.secretEnv $name) -}}
{{- fail (printf "%s is in config and in secretEnv: which one counts?" $name) -}}
{{- end -}}
{{- end -}}
{{- end }}
