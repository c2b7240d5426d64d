#!/usr/bin/env bash
# Makes Kafka ready for the suite: the topics of infra/dapr/topics.yaml, as often as one likes.
#
#   scripts/setup-kafka.sh --redpanda [--replicas 3] [--dry-run]
#   scripts/setup-kafka.sh --strimzi [--dry-run]
#
#   --redpanda   makes and alters the topics with rpk, on the broker that rpk's profile or RPK_BROKERS names
#                (Redpanda Cloud: `rpk cloud login`, then `rpk profile create --from-cloud`); any Kafka will do
#   --replicas   copies of each partition; the broker's default otherwise
#   --strimzi    installs the Strimzi operator in the cluster that kubectl points to; the broker and its topics are
#                then made by the chart (`trial.kafka.enabled`)
#   --dry-run    print the commands that change something, and change nothing
. "$(dirname "$0")/lib.sh"

STRIMZI_VERSION=0.48.0 # has Kafka 4.1.0, and the API v1beta2 that the chart speaks; 1.0 has not
TOPICS=infra/dapr/topics.yaml

way="" replicas=""
while [ $# -gt 0 ]; do
  case $1 in
    --redpanda | --strimzi) way=${1#--} ;;
    --replicas) replicas=$(value_of "$@"); shift ;;
    --dry-run) dry_run=yes ;;
    --help | -h) usage; exit ;;
    *) unknown "$1" ;;
  esac
  shift
done

# The file is flat enough for awk: a number, and numbers by topic.
retention() { awk '$1 == "retentionDays:" { printf "%.0f", $2 * 86400000 }' "$TOPICS"; }
topics() { awk '/^[^ #]/ { inside = ($1 == "partitions:"); next } inside && NF >= 2 { sub(/:$/, "", $1); print $1, $2 }' "$TOPICS"; }

redpanda() {
  need rpk "install Redpanda's rpk (https://docs.redpanda.com/current/get-started/rpk-install)"
  local present
  present=$(rpk topic list) || fail "rpk reaches no broker: choose one with rpk profile, or set RPK_BROKERS (and RPK_USER, RPK_PASS)"
  local milliseconds topic wanted found
  milliseconds=$(retention)
  say "These topics will keep events for $((milliseconds / 86400000)) days: $(topics | awk '{ printf "%s%s (%s)", sep, $1, $2; sep = ", " }')."
  while read -r topic wanted <&3; do
    found=$(awk -v topic="$topic" '$1 == topic { print $2 }' <<< "$present")
    if [ -z "$found" ]; then
      run rpk topic create "$topic" --partitions "$wanted" ${replicas:+--replicas "$replicas"} --topic-config "retention.ms=$milliseconds"
      continue
    fi
    # Events find their partition by a digest of their key: more partitions move the tasks that follow, fewer are not
    # possible at all.
    [ "$found" -le "$wanted" ] || say "$topic has $found partitions, more than the $wanted of $TOPICS; it stays so."
    [ "$found" -ge "$wanted" ] || run rpk topic add-partitions "$topic" --num $((wanted - found))
    run rpk topic alter-config "$topic" --set "retention.ms=$milliseconds" --no-confirm
  done 3< <(topics)
}

strimzi() {
  need_helm
  need_kubectl
  local cluster chart=oci://quay.io/strimzi-helm/strimzi-kafka-operator
  cluster=$(cluster_name)
  say "The Strimzi operator $STRIMZI_VERSION will be installed or upgraded in the namespace strimzi of $cluster."
  apply_crds "$chart" --version "$STRIMZI_VERSION"
  run helm upgrade --install strimzi "$chart" --version "$STRIMZI_VERSION" \
    --namespace strimzi --create-namespace --wait --timeout 5m \
    --set 'extraEnvs[0].name=STRIMZI_POD_SECURITY_PROVIDER_CLASS' --set 'extraEnvs[0].value=restricted' \
    --set watchAnyNamespace=true --set resources.requests.cpu=50m --set resources.requests.memory=256Mi \
    --set resources.limits.cpu=1000m --set resources.limits.memory=384Mi
  finish "Now install the chart with trial.kafka.enabled: it makes the broker and the topics."
}

case $way in
  redpanda | strimzi) "$way" ;;
  *) fail "say where Kafka is: --redpanda or --strimzi; see $script --help" ;;
esac
