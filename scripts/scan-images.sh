#!/usr/bin/env bash
# Scans the five images in their registry, for both architectures, and fails on high vulnerabilities that have a fix.
#
#   scripts/scan-images.sh --repository ghcr.io/<owner>/<repository> --tag <tag> [--dry-run]
#
#   --repository what the images' names begin with (or IMAGE_REPOSITORY)
#   --tag        (or IMAGE_TAG)
#   --dry-run    print the commands that would be run
#
# The exceptions in .github/grype.yaml end by themselves: each one names a CVE and the last day on which it counts.
. "$(dirname "$0")/lib.sh"

EXCEPTIONS=${GRYPE_EXCEPTIONS:-.github/grype.yaml}

repository=${IMAGE_REPOSITORY:-} tag=${IMAGE_TAG:-}
while [ $# -gt 0 ]; do
  case $1 in
    --repository) repository=$(value_of "$@"); shift ;;
    --tag) tag=$(value_of "$@"); shift ;;
    --dry-run) dry_run=yes ;;
    --help | -h) usage; exit ;;
    *) unknown "$1" ;;
  esac
  shift
done
[ -n "$repository" ] || fail "the images' repository is missing: give --repository or set IMAGE_REPOSITORY"
[ -n "$tag" ] || fail "the images' tag is missing: give --tag or set IMAGE_TAG"
need grype "go install github.com/anchore/grype/cmd/grype@<version>"

# standing <day>: the CVEs whose exception still counts on that day, a line each.
standing() {
  awk -v today="$1" '
    function refuse(why) { print cve ": " why > "/dev/stderr"; exit 2 }
    /^ *- vulnerability: / { if (cve) refuse("it has no reason"); cve = $3 }
    /^ *reason: / {
      if (!match($0, /until [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]: ./)) refuse("its reason does not begin with until <year>-<month>-<day>:")
      day = substr($0, RSTART + 6, 10)
      if (day >= today) print cve; else print cve ": its exception ended on " day > "/dev/stderr"
      cve = ""
    }
    END { if (cve) refuse("it has no reason") }' <(sed 's/#.*//' "$EXCEPTIONS")
}

config=$(mktemp --suffix .yaml)
trap 'rm -f "$config"' EXIT
exceptions=$(standing "$(date -u +%F)") || fail "$EXCEPTIONS has an exception that cannot be read; what is wrong is above"
{
  echo "ignore:"
  for cve in $exceptions; do echo "  - vulnerability: $cve"; done
} > "$config"

failed=()
for image in $(images_of_suite); do
  for platform in linux/amd64 linux/arm64; do
    run grype "registry:$repository/$image:$tag" --config "$config" --platform "$platform" --only-fixed --fail-on high ||
      failed+=("$image ($platform)")
  done
done
[ ${#failed[@]} = 0 ] || fail "to be built again with fixed packages: ${failed[*]}"
finish "No image has a high vulnerability that has a fix."
