#!/usr/bin/env bash
# Builds the images of the suite.
#
#   scripts/build-images.sh --repository ghcr.io/<owner>/<repository> --tag <tag> [--push | --load] [image...]
#
#   --repository what the images' names begin with (or IMAGE_REPOSITORY)
#   --tag        (or IMAGE_TAG)
#   --push       push them, for both architectures, with an SBOM and the provenance (docker login comes before)
#   --load       hand them to the local Docker, for this machine's architecture (what happens without either)
#   --cache      keep layers in the registry, as <repository>/<image>:cache
#   --metadata   a folder for what was built, <image>.json each
#   --dry-run    print the commands that would be run
#
# Images: the services of services.toml and frontend; all of them by default.
# IMAGE_SOURCE, when it is set, is written into them as the address of their source.
. "$(dirname "$0")/lib.sh"

PLATFORMS=linux/amd64,linux/arm64

repository=${IMAGE_REPOSITORY:-} tag=${IMAGE_TAG:-} push="" cache="" metadata="" images=()
while [ $# -gt 0 ]; do
  case $1 in
    --repository) repository=$(value_of "$@"); shift ;;
    --tag) tag=$(value_of "$@"); shift ;;
    --push) push=yes ;;
    --load) push="" ;;
    --cache) cache=yes ;;
    --metadata) metadata=$(file_of "$(value_of "$@")"); shift ;;
    --dry-run) dry_run=yes ;;
    --help | -h) usage; exit ;;
    -*) unknown "$1" ;;
    *) images+=("$1") ;;
  esac
  shift
done
[ ${#images[@]} -gt 0 ] || mapfile -t images < <(images_of_suite)
[ -n "$repository" ] || fail "the images' repository is missing: give --repository or set IMAGE_REPOSITORY"
[ -n "$tag" ] || fail "the images' tag is missing: give --tag or set IMAGE_TAG"
need docker "install Docker (https://docs.docker.com/engine/install)"
need git "install it (Debian: apt-get install git)"
docker buildx version > /dev/null || fail "docker buildx is missing: install the plugin docker-buildx"

options=(--build-arg "VERSION=$tag" --build-arg "REVISION=$(git rev-parse HEAD)")
[ -z "${IMAGE_SOURCE:-}" ] || options+=(--build-arg "SOURCE=$IMAGE_SOURCE")
if [ -n "$push" ]; then
  options+=(--platform "$PLATFORMS" --push --provenance=mode=max --sbom=true)
else
  options+=(--load)
fi
[ -z "$metadata" ] || run mkdir -p "$metadata"

say "These images will be built$([ -z "$push" ] || echo " and pushed") as $repository/…:$tag: ${images[*]}."
for image in "${images[@]}"; do
  case $image in
    todo-backend) own=(--file infra/docker/python.Dockerfile --build-arg SERVICE=backend) ;;
    *-service) own=(--file infra/docker/python.Dockerfile --build-arg "SERVICE=services/$image") ;;
    frontend) own=(--file infra/docker/frontend.Dockerfile) ;;
    *) fail "$image is no image of the suite; see $script --help" ;;
  esac
  name=$repository/$image
  [ -z "$cache" ] || own+=(--cache-from "type=registry,ref=$name:cache")
  [ -z "$cache" ] || [ -z "$push" ] || own+=(--cache-to "type=registry,ref=$name:cache,mode=max")
  [ -z "$metadata" ] || own+=(--metadata-file "$metadata/$image.json")
  run docker buildx build "${own[@]}" "${options[@]}" --tag "$name:$tag" .
done
