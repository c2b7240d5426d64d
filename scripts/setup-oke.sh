#!/usr/bin/env bash
# Makes a Kubernetes cluster within Oracle's Always Free tier, and what the suite needs in it before Dapr: a network, an
# OKE cluster with arm64 nodes (2 OCPU and 12 GB in all), the kubeconfig, Envoy Gateway and cert-manager.
#
#   scripts/setup-oke.sh --compartment ocid1.compartment… --region eu-frankfurt-1 [--name todo] [--dry-run]
#
#   --compartment          where everything is made (or OCI_COMPARTMENT)
#   --region               (or OCI_REGION)
#   --name                 of the cluster, and what the names of the rest begin with (todo; or OKE_NAME)
#   --nodes                1 (2 OCPU, 12 GB) or 2 (1 OCPU and 6 GB each): two survive a lost node, one wastes less
#   --kubernetes-version   such as v1.34.1; the newest that OKE has otherwise
#   --api-cidr             who may reach the Kubernetes API (0.0.0.0/0, because hosted runners have no fixed address;
#                          every caller still has to sign in)
#   --kubeconfig           the file that the cluster is added to (KUBECONFIG, or ~/.kube/config)
#   --kubeconfig-only      make nothing: find the cluster by its name, and write the kubeconfig
#   --skip-addons          leave out Envoy Gateway and cert-manager
#   --dry-run              print the commands that change something, and change nothing
#
# What there is, is found by its name and left as it is, so that it can be run again after an interruption or a failure.
# Oracle often has no room for free arm64 nodes; then the node pool fails, and trying again at another time is all there
# is to do. Network policies do nothing on such a cluster unless Calico is installed.
. "$(dirname "$0")/lib.sh"

ENVOY_GATEWAY_VERSION=v1.9.1
CERT_MANAGER_VERSION=v1.21.2

SHAPE=VM.Standard.A1.Flex
OCPUS=2 MEMORY=12 # in all
BOOT_VOLUME=50    # GB; the smallest there is, of 200 that are free
VCN_CIDR=10.0.0.0/16 API_CIDR=10.0.0.0/28 NODES_CIDR=10.0.1.0/24 BALANCERS_CIDR=10.0.2.0/24

compartment=${OCI_COMPARTMENT:-} region=${OCI_REGION:-} name=${OKE_NAME:-todo} nodes=1 version="" callers=0.0.0.0/0
kubeconfig=${KUBECONFIG:-${HOME:-}/.kube/config} only_kubeconfig="" addons=yes
while [ $# -gt 0 ]; do
  case $1 in
    --compartment) compartment=$(value_of "$@"); shift ;;
    --region) region=$(value_of "$@"); shift ;;
    --name) name=$(value_of "$@"); shift ;;
    --nodes) nodes=$(value_of "$@"); shift ;;
    --kubernetes-version) version=$(value_of "$@"); shift ;;
    --api-cidr) callers=$(value_of "$@"); shift ;;
    --kubeconfig) kubeconfig=$(file_of "$(value_of "$@")"); shift ;;
    --kubeconfig-only) only_kubeconfig=yes ;;
    --skip-addons) addons="" ;;
    --dry-run) dry_run=yes ;;
    --help | -h) usage; exit ;;
    *) unknown "$1" ;;
  esac
  shift
done
[ -n "$compartment" ] || fail "the compartment is missing: give --compartment or set OCI_COMPARTMENT (oci iam compartment list)"
[ -n "$region" ] || fail "the region is missing: give --region or set OCI_REGION (oci iam region-subscription list)"
case $nodes in 1 | 2) ;; *) fail "--nodes $nodes: 1 or 2, which is what 2 OCPU are enough for" ;; esac
need oci "install Oracle's CLI (https://docs.oracle.com/iaas/Content/API/SDKDocs/cliinstall.htm), then run oci setup config"
if [ -n "$addons" ] && [ -z "$only_kubeconfig" ]; then
  need_helm
  need_kubectl
fi

# The ids of what a dry run would have made begin with this; nothing can be asked about them.
UNMADE="(to be made: "

# look <words of an oci command>: one value, or nothing.
look() {
  case "$*" in *"$UNMADE"*) return ;; esac
  oci --region "$region" "$@" --raw-output
}

# make <what> <words of an oci command>: the id of what it made.
make() {
  local what=$1
  shift
  if [ -n "$dry_run" ]; then
    run oci --region "$region" "$@"
    printf '%s' "$UNMADE$what)"
  else
    say "making $what …"
    run oci --region "$region" "$@" --raw-output
  fi
}

# ensure <what> <words that list> -- <words that create>: the id of what there is, or is now.
ensure() {
  local what=$1 listing=() id
  shift
  while [ "$1" != -- ]; do
    listing+=("$1")
    shift
  done
  shift
  # What cannot be looked for is not made: it could be there.
  id=$(look "${listing[@]}") || return
  if [ -n "$id" ]; then
    say "$what: is there"
    printf '%s' "$id"
  else
    make "$what" "$@"
  fi
}

# network <kind> <name> <more of create>: a part of the VCN, found by its name.
network() {
  local kind=$1 called=$2
  shift 2
  ensure "$kind $called" \
    network "$kind" list --compartment-id "$compartment" --vcn-id "$vcn" --display-name "$called" \
    --lifecycle-state AVAILABLE --query 'data[0].id' -- \
    network "$kind" create --compartment-id "$compartment" --vcn-id "$vcn" --display-name "$called" \
    --wait-for-state AVAILABLE --query data.id "$@"
}

# The rules of security lists, as JSON; protocols by their numbers: 1 is ICMP (type 3, code 4: a packet was too big), 6
# is TCP.
icmp() { printf '{"%s":"%s","protocol":"1","icmpOptions":{"type":3,"code":4}}' "$1" "$2"; }
anything() { printf '{"%s":"%s","protocol":"all"}' "$1" "$2"; }
tcp() {
  local ports=""
  [ -z "${3:-}" ] || ports=$(printf ',"tcpOptions":{"destinationPortRange":{"min":%d,"max":%d}}' "$3" "${4:-$3}")
  printf '{"%s":"%s","protocol":"6"%s}' "$1" "$2" "$ports"
}
# To Oracle's own services, by the name that a region's services have together.
to_services() {
  printf '{"destination":"%s","destinationType":"SERVICE_CIDR_BLOCK","protocol":"6","tcpOptions":{"destinationPortRange":{"min":443,"max":443}}}' "$services"
}
list() {
  local IFS=,
  printf '[%s]' "$*"
}

find_cluster() {
  look ce cluster list --compartment-id "$compartment" --name "$name" --lifecycle-state CREATING \
    --lifecycle-state UPDATING --lifecycle-state ACTIVE --query 'data[0].id'
}

write_kubeconfig() {
  run mkdir -p "$(dirname "$kubeconfig")"
  run oci --region "$region" ce cluster create-kubeconfig --cluster-id "$1" --file "$kubeconfig" --token-version 2.0.0 \
    --kube-endpoint PUBLIC_ENDPOINT
}

if [ -n "$only_kubeconfig" ]; then
  cluster=$(find_cluster)
  [ -n "$cluster" ] || fail "there is no cluster $name in this compartment of $region: make it with scripts/setup-oke.sh"
  say "The cluster $name will be added to $kubeconfig, and be the one that kubectl talks to."
  write_kubeconfig "$cluster"
  exit
fi

say "In the region $region, compartment $compartment, this will be there afterwards (what is already there stays as it is):"
say "  network $name-vcn ($VCN_CIDR): gateways, routes, and subnets for the API (from $callers), nodes and load balancers"
say "  cluster $name (basic, without a charge), nodes: $nodes × $SHAPE with $((OCPUS / nodes)) OCPU and $((MEMORY / nodes)) GB"
say "  kubeconfig: $kubeconfig"
[ -z "$addons" ] || say "  in the cluster: Envoy Gateway $ENVOY_GATEWAY_VERSION, cert-manager $CERT_MANAGER_VERSION"

# Labels in the network's DNS are letters and digits, 15 at most.
label=$(tr -cd 'a-z0-9' <<< "${name,,}" | cut -c 1-15)
vcn=$(ensure "network $name-vcn" \
  network vcn list --compartment-id "$compartment" --display-name "$name-vcn" --lifecycle-state AVAILABLE --query 'data[0].id' -- \
  network vcn create --compartment-id "$compartment" --display-name "$name-vcn" --cidr-block "$VCN_CIDR" --dns-label "$label" \
  --wait-for-state AVAILABLE --query data.id)
internet=$(network internet-gateway "$name-internet" --is-enabled true)
nat=$(network nat-gateway "$name-nat")
service=$(look network service list --all --query "data[?contains(name, 'All ')] | [0].id")
services=$(look network service list --all --query "data[?contains(name, 'All ')] | [0].\"cidr-block\"")
[ -n "$service" ] || fail "the region $region names no Oracle services: is it written as in oci iam region list?"
# A network has one service gateway at most, so that it needs no name to be found.
to_oracle=$(ensure "service-gateway $name-services" \
  network service-gateway list --compartment-id "$compartment" --vcn-id "$vcn" --lifecycle-state AVAILABLE --query 'data[0].id' -- \
  network service-gateway create --compartment-id "$compartment" --vcn-id "$vcn" --display-name "$name-services" \
  --services "[{\"serviceId\":\"$service\"}]" --wait-for-state AVAILABLE --query data.id)

public_routes=$(network route-table "$name-public" --route-rules \
  "[{\"destination\":\"0.0.0.0/0\",\"destinationType\":\"CIDR_BLOCK\",\"networkEntityId\":\"$internet\"}]")
private_routes=$(network route-table "$name-private" --route-rules \
  "[{\"destination\":\"0.0.0.0/0\",\"destinationType\":\"CIDR_BLOCK\",\"networkEntityId\":\"$nat\"},{\"destination\":\"$services\",\"destinationType\":\"SERVICE_CIDR_BLOCK\",\"networkEntityId\":\"$to_oracle\"}]")

# As in Oracle's example of a public API, private nodes and public load balancers, with the overlay network of Flannel.
api_rules=$(network security-list "$name-api" \
  --ingress-security-rules "$(list "$(tcp source "$callers" 6443)" "$(tcp source "$NODES_CIDR" 6443)" \
    "$(tcp source "$NODES_CIDR" 12250)" "$(icmp source "$NODES_CIDR")")" \
  --egress-security-rules "$(list "$(to_services)" "$(tcp destination "$NODES_CIDR")" "$(icmp destination "$NODES_CIDR")")")
node_rules=$(network security-list "$name-nodes" \
  --ingress-security-rules "$(list "$(anything source "$NODES_CIDR")" "$(tcp source "$API_CIDR")" "$(icmp source 0.0.0.0/0)" \
    "$(tcp source "$BALANCERS_CIDR" 30000 32767)" "$(tcp source "$BALANCERS_CIDR" 10256)")" \
  --egress-security-rules "$(list "$(anything destination "$NODES_CIDR")" "$(tcp destination "$API_CIDR" 6443)" \
    "$(tcp destination "$API_CIDR" 12250)" "$(icmp destination "$API_CIDR")" "$(to_services)" "$(tcp destination 0.0.0.0/0)")")
balancer_rules=$(network security-list "$name-balancers" \
  --ingress-security-rules "$(list "$(tcp source 0.0.0.0/0 80)" "$(tcp source 0.0.0.0/0 443)")" \
  --egress-security-rules "$(list "$(tcp destination "$NODES_CIDR" 30000 32767)" "$(tcp destination "$NODES_CIDR" 10256)")")

api_subnet=$(network subnet "$name-api" --cidr-block "$API_CIDR" --dns-label api \
  --route-table-id "$public_routes" --security-list-ids "[\"$api_rules\"]" --prohibit-public-ip-on-vnic false)
node_subnet=$(network subnet "$name-nodes" --cidr-block "$NODES_CIDR" --dns-label nodes \
  --route-table-id "$private_routes" --security-list-ids "[\"$node_rules\"]" --prohibit-public-ip-on-vnic true)
balancer_subnet=$(network subnet "$name-balancers" --cidr-block "$BALANCERS_CIDR" --dns-label balancers \
  --route-table-id "$public_routes" --security-list-ids "[\"$balancer_rules\"]" --prohibit-public-ip-on-vnic false)

cluster=$(find_cluster)
if [ -n "$cluster" ]; then
  say "cluster $name: is there"
  version=$(look ce cluster get --cluster-id "$cluster" --query 'data."kubernetes-version"')
else
  [ -n "$version" ] || version=$(look ce cluster-options get --cluster-option-id all --query 'data."kubernetes-versions"[-1]')
  [ -n "$version" ] || fail "OKE names no version of Kubernetes: give one with --kubernetes-version"
  # What is waited for is the work, which has no id of the cluster.
  cluster=$(make "cluster $name" ce cluster create --compartment-id "$compartment" --name "$name" --type BASIC_CLUSTER \
    --vcn-id "$vcn" --kubernetes-version "$version" --endpoint-subnet-id "$api_subnet" --endpoint-public-ip-enabled true \
    --service-lb-subnet-ids "[\"$balancer_subnet\"]" --cluster-pod-network-options '[{"cniType":"FLANNEL_OVERLAY"}]' \
    --pods-cidr 10.244.0.0/16 --services-cidr 10.96.0.0/16 --wait-for-state SUCCEEDED --wait-for-state FAILED --query data.status) ||
    fail "the cluster $name is not there yet: what oci says is above; run this again in a few minutes"
  [ -n "$dry_run" ] || cluster=$(find_cluster)
  [ -n "$cluster" ] || fail "the cluster $name was not made: oci ce work-request list --compartment-id $compartment says why"
fi

zones=$(look iam availability-domain list --compartment-id "$compartment" --query "join(' ', data[].name)")
placements=""
for zone in $zones; do
  placements+="${placements:+,}{\"availabilityDomain\":\"$zone\",\"subnetId\":\"$node_subnet\"}"
done
image=$(look ce node-pool-options get --node-pool-option-id all --compartment-id "$compartment" --query \
  "reverse(sort_by(data.sources[?contains(\"source-name\", 'aarch64') && contains(\"source-name\", 'OKE-${version#v}-')], &\"source-name\"))[0].\"image-id\"")
[ -n "$image" ] || fail "OKE has no arm64 image for Kubernetes $version: give another with --kubernetes-version"
pool=$(ensure "node pool $name" \
  ce node-pool list --compartment-id "$compartment" --cluster-id "$cluster" --name "$name" --query \
  "data[?!contains(['DELETED', 'DELETING', 'FAILED'], \"lifecycle-state\")] | [0].id" -- \
  ce node-pool create --compartment-id "$compartment" --cluster-id "$cluster" --name "$name" \
  --kubernetes-version "$version" --node-shape "$SHAPE" \
  --node-shape-config "{\"ocpus\":$((OCPUS / nodes)),\"memoryInGBs\":$((MEMORY / nodes))}" \
  --node-image-id "$image" --node-boot-volume-size-in-gbs "$BOOT_VOLUME" --size "$nodes" \
  --placement-configs "[$placements]" --cni-type FLANNEL_OVERLAY \
  --wait-for-state SUCCEEDED --wait-for-state FAILED --query data.status) ||
  fail "the nodes could not be had: «Out of host capacity» means to try again later"
[ "$pool" != FAILED ] || fail "the nodes could not be had: oci ce work-request list --compartment-id $compartment says why, and «Out of host capacity» means to try again later"

write_kubeconfig "$cluster"
[ -n "$addons" ] || exit 0

export KUBECONFIG=$kubeconfig
run kubectl wait --for=condition=Ready nodes --all --timeout 15m ||
  fail "no node is ready: oci ce node-pool list --compartment-id $compartment says why; for «Out of host capacity», delete the pool and run this again later"
# The Gateway API's definitions come with Envoy Gateway; cert-manager looks for them only when it starts.
gateway=oci://docker.io/envoyproxy/gateway-helm
apply_crds "$gateway" --version "$ENVOY_GATEWAY_VERSION"
run helm upgrade --install envoy-gateway "$gateway" --version "$ENVOY_GATEWAY_VERSION" \
  --namespace envoy-gateway-system --create-namespace --wait --timeout 5m --values infra/kubernetes/gateway/values.yaml
# How large the load balancer is stands in values.oke.yaml, with the gateway itself.
run kubectl apply --filename infra/kubernetes/gateway/class.yaml
run helm upgrade --install cert-manager oci://quay.io/jetstack/charts/cert-manager --version "$CERT_MANAGER_VERSION" \
  --namespace cert-manager --create-namespace --wait --timeout 5m \
  --set crds.enabled=true --set config.apiVersion=controller.config.cert-manager.io/v1alpha1 \
  --set config.kind=ControllerConfiguration --set config.enableGatewayAPI=true \
  --set resources.requests.cpu=10m --set resources.requests.memory=48Mi \
  --set webhook.resources.requests.cpu=10m --set webhook.resources.requests.memory=24Mi \
  --set cainjector.resources.requests.cpu=10m --set cainjector.resources.requests.memory=48Mi
finish "The cluster is ready. Next: scripts/install-dapr.sh, scripts/setup-kafka.sh, scripts/deploy.sh."
