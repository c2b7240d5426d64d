#!/usr/bin/env bash
# The suite on one machine, as it is in a cluster: starts minikube, builds the images, installs Dapr and Strimzi, and the
# suite with stores of its own.
#
#   scripts/minikube.sh [--profile todo] [--skip-images] [--dry-run]
#
#   --profile      minikube's name for the cluster (todo); kubectl talks to it afterwards
#   --skip-images  take the images that are already in the cluster
#   --dry-run      print the commands that change something, and change nothing
#
# It takes 4 CPUs and 7 GB of memory. `minikube delete --profile todo` undoes all of it.
. "$(dirname "$0")/lib.sh"

VALUES=infra/helm/todo/values.minikube.yaml
REPOSITORY=localhost/todo TAG=trial # as in the values; the cluster pulls them from nowhere

profile=todo images=yes
while [ $# -gt 0 ]; do
  case $1 in
    --profile) profile=$(value_of "$@"); shift ;;
    --skip-images) images="" ;;
    --dry-run) dry_run=yes ;;
    --help | -h) usage; exit ;;
    *) unknown "$1" ;;
  esac
  shift
done
need minikube "install it (https://minikube.sigs.k8s.io/docs/start)"
need_helm
need_kubectl
[ -z "$images" ] || need docker "install Docker (https://docs.docker.com/engine/install), or give --skip-images"

say "The minikube cluster $profile will be made or started, and have the suite, Dapr, Strimzi and an ingress controller."
run minikube start --profile "$profile" --cpus 4 --memory 7g
run minikube addons enable ingress --profile "$profile"

mapfile -t names < <(images_of_suite)
if [ -n "$images" ]; then
  run scripts/build-images.sh --repository "$REPOSITORY" --tag "$TAG" --load "${names[@]}"
  for name in "${names[@]}"; do
    run minikube image load "$REPOSITORY/$name:$TAG" --profile "$profile"
  done
fi

run scripts/install-dapr.sh
run scripts/setup-kafka.sh --strimzi
# The first start pulls the stores' images, and Kafka is made by its operator.
run scripts/deploy.sh --repository "$REPOSITORY" --tag "$TAG" --values "$VALUES" --no-backup --timeout 20m
finish "Run «minikube tunnel --profile $profile» in another terminal, and open http://todo.localhost."
