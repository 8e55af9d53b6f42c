{{/* The pod of every type of service. */}}
{{- define "mi.podMetadata" -}}
labels:
  {{- include "mi.labels" . | nindent 2 }}
  {{- include "mi.releaseLabels" . | nindent 2 }}
  {{- with .Values.podLabels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
annotations:
  {{- include "mi.releaseAnnotations" . | nindent 2 }}
  # A changed configuration is a changed pod: without these, nothing would restart.
  checksum/config: {{ toJson .Values.config | sha256sum | quote }}
  checksum/runtime: {{ include "mi.toml" . | sha256sum | quote }}
  {{- with .Values.rollout.restart }}
  imaas.io/restart: {{ . | quote }}
  {{- end }}
  {{- if .Values.observability.metrics }}
  prometheus.io/wso2-scrape: "true"
  prometheus.io/wso2-path: /metric-service/metrics
  prometheus.io/wso2-port: "9201"
  {{- end }}
  {{- if .Values.observability.logs }}
  mi.fluentbit/include: "true"
  {{- end }}
  {{- with .Values.podAnnotations }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
  # The platform's own, of the tenant's reviewed list of secrets.
  {{- with ((.Values.global).podAnnotations) }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}

{{- define "mi.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities:
  drop: [ALL]
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "mi.podSpec" -}}
{{- $home := include "mi.home" . -}}
serviceAccountName: {{ include "mi.name" . | quote }}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . | quote }}
  {{- end }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: {{ .Values.runtime.user }}
  runAsGroup: {{ .Values.runtime.group }}
  fsGroup: {{ .Values.runtime.group }}
  seccompProfile:
    type: RuntimeDefault
terminationGracePeriodSeconds: {{ .Values.rollout.terminationGraceSeconds }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
initContainers:
  # The root file system is read-only and the runtime writes into its own home: each folder that it writes to becomes
  # a volume, filled with what the image has there.
  - name: prepare
    image: {{ include "mi.image" . | quote }}
    imagePullPolicy: IfNotPresent
    command:
      - sh
      - -ec
      - |
        fill() {
          mkdir -p "/writable/$2"
          if [ -d "$MI_HOME/$1" ]; then cp -R "$MI_HOME/$1/." "/writable/$2/"; fi
        }
        {{- range .Values.runtime.writable }}
        fill {{ . | squote }} {{ include "mi.slot" . | squote }}
        {{- end }}
        {{- $conf := ternary "/writable/home/conf" "/writable/conf" (has "." .Values.runtime.writable) }}
        {{- if eq .Values.runtime.toml "platform" }}
        cp /platform/deployment.toml {{ $conf }}/deployment.toml
        {{- end }}
        {{- if ((.Values.global).podAnnotations) }}
        # Vault's agent writes the file. micro-integrator.sh sets properties.file.path behind JAVA_OPTS, so no option names it.
        ln -sf /vault/secrets/file.properties {{ $conf }}/file.properties
        {{- end }}
    env:
      - name: MI_HOME
        value: {{ $home | quote }}
    resources:
      requests: {cpu: 50m, memory: 64Mi}
      limits: {memory: 256Mi}
    securityContext:
      {{- include "mi.containerSecurity" . | nindent 6 }}
    volumeMounts:
      - name: writable
        mountPath: /writable
      {{- if eq .Values.runtime.toml "platform" }}
      - name: platform
        mountPath: /platform
        readOnly: true
      {{- end }}
containers:
  - name: mi
    image: {{ include "mi.image" . | quote }}
    imagePullPolicy: IfNotPresent
    {{- if eq .Values.type "step" }}
    args: ["--car", {{ default (include "mi.name" .) .Values.step.car | quote }}]
    {{- end }}
    env:
      - name: SERVICE_NAME
        value: {{ printf "%s-%s" (include "mi.tenant" .) (include "mi.name" .) | quote }}
      - name: POD_NAME
        valueFrom:
          fieldRef:
            fieldPath: metadata.name
      # micro-integrator.sh has -Xmx1024m unless this is set; a share of the limit follows the limit.
      - name: JVM_MEM_OPTS
        value: {{ printf "-XX:InitialRAMPercentage=%v -XX:MaxRAMPercentage=%v -XX:+ExitOnOutOfMemoryError" .Values.runtime.heapPercent .Values.runtime.heapPercent | quote }}
      - name: JAVA_OPTS
        value: {{ printf "%s%s" (ternary "-DenablePrometheusApi=true " "" .Values.observability.metrics) .Values.runtime.javaOpts | trim | quote }}
      {{- with default .Values.keystore.secret .Values.keystore.passwordSecret }}
      - name: KEYSTORE_PASSWORD
        valueFrom:
          secretKeyRef:
            name: {{ . | quote }}
            key: keystore-password
      - name: TRUSTSTORE_PASSWORD
        valueFrom:
          secretKeyRef:
            name: {{ . | quote }}
            key: truststore-password
      {{- end }}
      {{- range $name, $from := .Values.secretEnv }}
      - name: {{ $name | quote }}
        valueFrom:
          secretKeyRef:
            name: {{ $from.secret | quote }}
            key: {{ $from.key | quote }}
      {{- end }}
    {{- if or .Values.config .Values.configFrom .Values.secretsFrom }}
    envFrom:
      {{- range .Values.configFrom }}
      - configMapRef:
          name: {{ . | quote }}
      {{- end }}
      {{- range .Values.secretsFrom }}
      - secretRef:
          name: {{ . | quote }}
      {{- end }}
      {{- if .Values.config }}
      - configMapRef:
          name: {{ printf "%s-config" (include "mi.name" .) | quote }}
      {{- end }}
    {{- end }}
    ports:
      {{- if eq .Values.type "gateway" }}
      - {name: http, containerPort: 8290, protocol: TCP}
      - {name: https, containerPort: 8253, protocol: TCP}
      {{- end }}
      - {name: internal, containerPort: 9201, protocol: TCP}
      - {name: management, containerPort: 9164, protocol: TCP}
    {{- if ne .Values.type "step" }}
    {{- /* The path of its own came with 4.2; /healthz would have a pod with a faulty CAR killed again and again. */}}
    {{- $alive := ternary "tcpSocket: {port: internal}" "httpGet: {path: /liveness, port: internal}" (regexMatch "^([0-3]|4\\.[01])\\." .Values.runtime.version) }}
    startupProbe:
      {{ $alive }}
      {{- toYaml .Values.probes.startup | nindent 6 }}
    livenessProbe:
      {{ $alive }}
      {{- toYaml .Values.probes.liveness | nindent 6 }}
    readinessProbe:
      httpGet: {path: /healthz, port: internal}
      {{- toYaml .Values.probes.readiness | nindent 6 }}
    lifecycle:
      preStop:
        exec:
          # The image's entry point is a shell that hands no signal on: without this, Java would be killed at the end of
          # the grace period. First the load balancers forget the pod, then Java is asked to end and is waited for.
          command:
            - sh
            - -c
            - |
              sleep {{ .Values.rollout.drainSeconds }}
              for p in /proc/[0-9]*; do
                if [ "$(cat "$p/comm" 2>/dev/null)" = java ]; then pids="$pids ${p#/proc/}"; fi
              done
              for pid in $pids; do kill -TERM "$pid" 2>/dev/null; done
              for pid in $pids; do while [ -d "/proc/$pid" ]; do sleep 1; done; done
    {{- end }}
    resources:
      {{- toYaml .Values.resources | nindent 6 }}
    securityContext:
      {{- include "mi.containerSecurity" . | nindent 6 }}
    volumeMounts:
      - name: tmp
        mountPath: /tmp
      {{- range .Values.runtime.writable }}
      - name: writable
        mountPath: {{ ternary $home (printf "%s/%s" $home .) (eq . ".") | quote }}
        subPath: {{ include "mi.slot" . | quote }}
      {{- end }}
      {{- if .Values.keystore.secret }}
      {{- range list "wso2carbon.jks" "client-truststore.jks" }}
      - name: keystores
        mountPath: {{ printf "%s/repository/resources/security/%s" $home . | quote }}
        subPath: {{ . }}
        readOnly: true
      {{- end }}
      {{- end }}
volumes:
  - name: tmp
    emptyDir: {sizeLimit: 256Mi}
  - name: writable
    emptyDir: {sizeLimit: {{ .Values.runtime.writableSize | quote }}}
  {{- if eq .Values.runtime.toml "platform" }}
  - name: platform
    configMap:
      name: {{ printf "%s-runtime" (include "mi.name" .) | quote }}
  {{- end }}
  {{- if ((.Values.global).podAnnotations) }}
  - name: vault-token
    projected:
      sources:
        - serviceAccountToken: {audience: vault, expirationSeconds: 600, path: token}
  {{- end }}
  {{- with .Values.keystore.secret }}
  - name: keystores
    secret:
      secretName: {{ . | quote }}
      defaultMode: 0440
  {{- end }}
{{- end }}
