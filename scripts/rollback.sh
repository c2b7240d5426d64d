#!/usr/bin/env bash
# Brings an earlier revision of the suite back, and looks whether it works.
#
#   scripts/rollback.sh [--revision 7] [--namespace todo] [--url https://todo.example] [--dry-run]
#
#   --revision   the one to bring back; the last one that worked before the present one otherwise
#   --namespace  where the release `todo` is (todo)
#   --url        look from outside too, after it (see scripts/smoke.sh)
#   --timeout    for Helm (10m)
#   --dry-run    print the commands that change something, and change nothing
#
# Migrations are not undone: they only expand.
. "$(dirname "$0")/lib.sh"

namespace=todo revision="" url="" timeout=10m
while [ $# -gt 0 ]; do
  case $1 in
    --revision) revision=$(value_of "$@"); shift ;;
    --namespace) namespace=$(value_of "$@"); shift ;;
    --url) url=$(value_of "$@"); shift ;;
    --timeout) timeout=$(value_of "$@"); shift ;;
    --dry-run) dry_run=yes ;;
    --help | -h) usage; exit ;;
    *) unknown "$1" ;;
  esac
  shift
done
case $revision in *[!0-9]*) fail "--revision $revision is not a number: helm history todo --namespace $namespace has them" ;; esac
need_helm
need_kubectl

cluster=$(cluster_name)
helm history todo --namespace "$namespace" >&2 || fail "there is no release todo in the namespace $namespace of $cluster: install it with scripts/deploy.sh"
present=$(release_revision todo "$namespace")
if [ -z "$revision" ]; then
  # Helm calls a revision that worked `superseded` when another took its place; failed ones are passed over.
  revision=$(helm history todo --namespace "$namespace" --output json | revisions superseded | tail -n 1)
  [ -n "$revision" ] || fail "no earlier revision is known; name one with --revision"
fi
[ "$revision" != "$present" ] || fail "revision $revision is the present one; name another with --revision"

say "The suite in the namespace $namespace of $cluster will go from revision ${present:-(none works)} to $revision."
run helm rollback todo "$revision" --namespace "$namespace" --wait --timeout "$timeout"
scripts/smoke.sh --namespace "$namespace" ${url:+--url "$url"} ${dry_run:+--dry-run} ||
  fail "revision $revision is back and does not work either; helm history todo --namespace $namespace has others"
