{{/* What a secret of the chart's holds: what is given, what its readers expect to be there, and a trial's own. Arguments:
root, name. */}}
{{- define "todo.secretValues" -}}
{{- $values := .root.Values -}}
{{- $expected := dict
  "todo-kafka" (list "brokers" "authType" "saslMechanism" "saslUsername" "saslPassword" "caCert")
  "todo-state" (eq $values.state.kind "redis" | ternary (list "redisHost" "redisUsername" "redisPassword" "enableTLS") (list "connectionString"))
-}}
{{- $found := dict -}}
{{- range get $expected .name | default list -}}{{- $_ := set $found . "" -}}{{- end -}}
{{- $found = mergeOverwrite $found (include "todo.trialValues" . | fromYaml) ((get $values.secrets .name).values | default dict) -}}
{{- $name := .name -}}
{{- range $key, $value := $found -}}
{{- if contains "CHANGE-ME" (toString $value) -}}
{{- fail (printf "secrets.%s.values.%s: still has the example's CHANGE-ME; replace it" $name $key) -}}
{{- end -}}
{{- $_ := set $found $key (toString $value) -}}
{{- end -}}
{{- toYaml $found -}}
{{- end }}

{{- define "todo.trialValues" -}}
{{- $root := .root -}}
{{- $trial := $root.Values.trial -}}
{{- $workload := get $root.Values.workloads .name | default dict -}}
{{- if and $trial.postgres.enabled $workload.schema }}
{{ $workload.dapr | ternary "DATABASE_URL" "AUTH_DATABASE_URL" }}: {{ include "todo.trialUrl" (dict "root" $root "name" $workload.schema "database" "todo") }}
{{- if not $workload.dapr }}
AUTH_SECRET: {{ include "todo.trialPassword" (dict "root" $root "name" "AUTH_SECRET") }}
{{- end }}
{{- end }}
{{- if and $trial.postgres.enabled (eq .name "migrations") }}
admin: {{ include "todo.trialUrl" (dict "root" $root "name" "postgres" "database" "postgres") }}
{{- range $name, $workload := $root.Values.workloads }}
{{ $name }}: {{ include "todo.trialUrl" (dict "root" $root "name" (printf "%s_owner" $workload.schema) "database" "todo") }}
{{- end }}
{{- end }}
{{- if and $trial.postgres.enabled (eq .name "todo-state") (eq $root.Values.state.kind "postgresql") }}
connectionString: {{ include "todo.trialUrl" (dict "root" $root "name" "dapr" "database" "dapr") }}
{{- end }}
{{- if and $trial.redis.enabled (eq .name "todo-state") (eq $root.Values.state.kind "redis") }}
redisHost: redis:6379
redisPassword: {{ include "todo.trialPassword" (dict "root" $root "name" "redis") }}
enableTLS: "false"
{{- end }}
{{- if and $trial.kafka.enabled (eq .name "todo-kafka") }}
brokers: kafka-kafka-bootstrap:9092
authType: none
{{- end }}
{{- end }}

{{- define "todo.trialUrl" -}}
postgresql://{{ .name }}:{{ include "todo.trialPassword" . }}@postgres:5432/{{ .database }}
{{- end }}

{{/* All from one seed, which is made once and kept by upgrades. Arguments: root, name. */}}
{{- define "todo.trialPassword" -}}
{{- $trial := .root.Values.trial -}}
{{- if not $trial.seed -}}
{{- $known := lookup "v1" "Secret" .root.Release.Namespace "trial" | default dict -}}
{{- $_ := set $trial "seed" (dig "data" "seed" (randAlphaNum 40 | b64enc) $known | b64dec) -}}
{{- end -}}
{{- printf "%s/%s" $trial.seed .name | sha256sum | trunc 40 -}}
{{- end }}

{{- define "todo.provision" -}}
{{- if or .Values.migrations.provision .Values.trial.postgres.enabled -}}yes{{- end -}}
{{- end }}
