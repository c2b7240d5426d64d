{{/* A workload's values over the defaults. Arguments: root, name. */}}
{{- define "todo.workload" -}}
{{- $over := deepCopy (get .root.Values.workloads .name) -}}
{{- mergeOverwrite (deepCopy .root.Values.defaults) $over | toYaml -}}
{{- end }}

{{/* What selects a part's pods; it never changes. Arguments: root, name. */}}
{{- define "todo.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{- define "todo.labels" -}}
{{ include "todo.selector" . }}
app.kubernetes.io/part-of: todo
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{/* Arguments: root, name. */}}
{{- define "todo.image" -}}
{{- $image := .root.Values.image -}}
{{- if eq $image.tag "latest" -}}{{- fail "image.tag: name a version; what latest is changes, and a rollback could not go back to it" -}}{{- end -}}
{{- printf "%s/%s:%s" (required "image.repository: say where the images are, such as ghcr.io/<owner>/<repository>" $image.repository) .name ($image.tag | default .root.Chart.AppVersion) -}}
{{- end }}

{{- define "todo.publicUrl" -}}
{{- required "publicUrl: say where people find the suite, such as https://todo.example" .Values.publicUrl | trimSuffix "/" -}}
{{- end }}

{{- define "todo.host" -}}
{{- (urlParse (include "todo.publicUrl" .)).hostname -}}
{{- end }}

{{- define "todo.tls" -}}
{{- if hasPrefix "https://" (include "todo.publicUrl" .) -}}yes{{- end -}}
{{- end }}

{{/* The secret with the certificate. */}}
{{- define "todo.tlsSecret" -}}
{{- .Values.exposure.tls.existingSecret | default "todo-tls" -}}
{{- end }}

{{/* The annotation that has cert-manager make the certificate. */}}
{{- define "todo.issuer" -}}
{{- $tls := .Values.exposure.tls -}}
{{- if and (include "todo.tls" .) (not $tls.existingSecret) -}}
{{- if $tls.issuer.create -}}
cert-manager.io/issuer: {{ include "todo.ownIssuer" . }}
{{- else -}}
{{ eq $tls.issuer.kind "Issuer" | ternary "cert-manager.io/issuer" "cert-manager.io/cluster-issuer" }}: {{ required "exposure.tls: give an existingSecret, an issuer.name, or issuer.create with an e-mail address" $tls.issuer.name }}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Named by its server: cert-manager asks for another certificate when the issuer has another name. */}}
{{- define "todo.ownIssuer" -}}
{{- .Values.exposure.tls.issuer.production | ternary "todo" "todo-staging" -}}
{{- end }}

{{/* A secret's name: somebody's own, or the chart's. Arguments: root, name. */}}
{{- define "todo.secret" -}}
{{- if not (hasKey .root.Values.secrets .name) -}}
{{- fail (printf "secrets.%s: is missing; give it values, or the name of an existingSecret" .name) -}}
{{- end -}}
{{- (get .root.Values.secrets .name).existingSecret | default .name -}}
{{- end }}

{{/* Where a job reads a secret: before an install the chart's own are not there yet, and it has a copy. */}}
{{- define "todo.secretOfJob" -}}
{{- $secret := include "todo.secret" . -}}
{{- if or (get .root.Values.secrets .name).existingSecret (not (include "todo.hooks" .root)) -}}
{{- $secret -}}
{{- else -}}
{{- printf "%s-for-migrations" $secret -}}
{{- end -}}
{{- end }}

{{/* Jobs are hooks, but for a trial, where Postgres itself comes with the release. */}}
{{- define "todo.hooks" -}}
{{- if not .Values.trial.postgres.enabled -}}yes{{- end -}}
{{- end }}

{{- define "todo.hookAnnotations" -}}
{{- if include "todo.hooks" .root }}
helm.sh/hook: pre-install,pre-upgrade{{ if .rollback }},pre-rollback{{ end }}
{{- if eq .kind "Job" }}
helm.sh/hook-output-log-policy: hook-failed
{{- end }}
helm.sh/hook-weight: {{ .weight | quote }}
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded{{ if eq .kind "Secret" }},hook-failed{{ end }}
{{- end }}
{{- end }}

{{/* The restricted profile of the pod security standards. */}}
{{- define "todo.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "todo.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}

{{- define "todo.pullSecrets" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end }}

{{/* Whose tokens are taken: the page's own, and those of the apps that people allow. */}}
{{- define "todo.trustedIssuers" -}}
{{- $url := include "todo.publicUrl" . -}}
{{- $keys := "http://frontend:3000/api/auth/jwks" -}}
{{- list (dict "issuer" $url "audience" "todo" "jwks" $keys "first_party" true) (dict "issuer" $url "audience" (printf "%s/mcp" $url) "jwks" $keys) | toJson -}}
{{- end }}

{{/* What restarts pods: what they, or their sidecars, read at their start. Arguments: root, name, secretStore. */}}
{{- define "todo.checksum" -}}
{{- $secrets := pick .root.Values.secrets .name -}}
{{- if .mail -}}{{- $_ := set $secrets "frontend" .root.Values.secrets.frontend -}}{{- end -}}
{{- range .secretStore -}}{{- $_ := set $secrets . (get $.root.Values.secrets .) -}}{{- end -}}
{{- $dapr := "" -}}
{{- range $path, $content := .root.Files.Glob "dapr/{components,config,state-*}/*.yaml" -}}
{{- $dapr = printf "%s%s%s" $dapr $path (toString $content) -}}
{{- end -}}
{{- printf "%s%s%s%s" $dapr (toJson $secrets) (toJson .root.Values.state) (toJson .root.Values.tracing) | sha256sum -}}
{{- end }}
