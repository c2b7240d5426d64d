#!/usr/bin/env bash
# Installs Dapr's control plane, or brings it to the version below, in the cluster that kubectl points to.
#
#   scripts/install-dapr.sh [--arch arm64] [--set name=value]... [--dry-run]
#
#   --arch       the nodes' architecture (amd64, arm64); asked of the cluster otherwise
#   --set        more of the chart's values
#   --dry-run    print the commands that change something, and change nothing
#
# It is the lean control plane: the suite has neither actors nor jobs, so operator, sentry and injector are enough.
. "$(dirname "$0")/lib.sh"

DAPR_VERSION=1.18.1
NAMESPACE=dapr-system

arch="" more=()
while [ $# -gt 0 ]; do
  case $1 in
    --arch) arch=$(value_of "$@"); shift ;;
    --set) more+=(--set "$(value_of "$@")"); shift ;;
    --dry-run) dry_run=yes ;;
    --help | -h) usage; exit ;;
    *) unknown "$1" ;;
  esac
  shift
done

need_helm
need_kubectl
cluster=$(cluster_name)
if [ -z "$arch" ]; then
  arches=$(kubectl get nodes --output 'jsonpath={range .items[*]}{.status.nodeInfo.architecture}{"\n"}{end}' | sort -u)
  [ -n "$arches" ] || fail "the cluster $cluster has no nodes: wait for them, or name their architecture with --arch"
  # On nodes of both kinds the control plane may run on any: its images are for both.
  [ "$(wc -l <<< "$arches")" -gt 1 ] || arch=$arches
fi

# Without it the control plane asks for amd64, and never starts on Oracle's arm64.
values=(--values infra/kubernetes/dapr/values.yaml --set "global.daprControlPlaneArch=$arch")
say "Dapr $DAPR_VERSION will be installed or upgraded in the namespace $NAMESPACE of $cluster."
chart=(dapr --repo https://dapr.github.io/helm-charts --version "$DAPR_VERSION")
apply_crds "${chart[@]}"
run helm upgrade --install dapr "${chart[@]}" \
  --namespace "$NAMESPACE" --create-namespace --wait --timeout 5m "${values[@]}" ${more[@]+"${more[@]}"}
for part in operator sentry sidecar-injector; do
  run kubectl --namespace "$NAMESPACE" rollout status "deployment/dapr-$part" --timeout 2m
done
