#!/usr/bin/env bash
# Brings an earlier revision of the suite back, and looks whether it works.
#
#   scripts/rollback.sh [--revision 7] [--namespace todo] [--url https://todo.example] [--no-hooks] [--dry-run]
#
#   --revision   the one to bring back; otherwise the present one when a deployment was interrupted, and else the last one
#                that worked before it
#   --namespace  where the release `todo` is (todo)
#   --url        look from outside too, after it (see scripts/smoke.sh)
#   --timeout    for Helm (10m)
#   --no-hooks   leave the roles' passwords in Postgres as they are: for when what sets them cannot run
#   --dry-run    print the commands that change something, and change nothing
#
# Migrations are not undone: they only expand.
. "$(dirname "$0")/lib.sh"

namespace=todo revision="" url="" timeout=10m hooks=()
while [ $# -gt 0 ]; do
  case $1 in
    --revision) revision=$(value_of "$@"); shift ;;
    --namespace) namespace=$(value_of "$@"); shift ;;
    --url) url=$(value_of "$@"); shift ;;
    --timeout) timeout=$(value_of "$@"); shift ;;
    --no-hooks) hooks=(--no-hooks) ;;
    --dry-run) dry_run=yes ;;
    --help | -h) usage; exit ;;
    *) unknown "$1" ;;
  esac
  shift
done
case $revision in *[!0-9]*) fail "--revision $revision is not a number: helm history todo --namespace $namespace has them" ;; esac
need_helm
need_kubectl

# revision_before <number>: of a history in JSON, the last revision below that worked. Helm calls one that others took
# the place of `superseded`, whether it worked or not: what a rollback left did not, and what it brought back stands for
# the one that it was made of.
revision_before() {
  tr '{' '\n' | awk -v present="$1" '
    match($0, /"revision":[0-9]+/) {
      number = substr($0, RSTART + 11, RLENGTH - 11) + 0
      if (/"status":"superseded"/ && number < present) worked[number] = 1
      if (match($0, /Rollback to [0-9]+/)) {
        made_of[number] = substr($0, RSTART + 12, RLENGTH - 12) + 0
        delete worked[number - 1]
      }
    }
    END {
      while (present in made_of) present = made_of[present]
      for (number = present - 1; number > 0; number--) if (number in worked) { print number; exit }
    }'
}

cluster=$(cluster_name)
helm history todo --namespace "$namespace" >&2 || fail "there is no release todo in the namespace $namespace of $cluster: install it with scripts/deploy.sh"
history=$(release_history todo "$namespace")
present=$(newest_revision deployed <<< "$history")
newest=$(newest_revision '[a-z-]*' <<< "$history")
if [ -z "$revision" ] && [ -n "$present" ] && [ "$newest" != "$present" ]; then
  revision=$present # a deployment was interrupted: until something ends it, Helm takes no other
elif [ -z "$revision" ]; then
  revision=$(revision_before "${present:-$newest}" <<< "$history")
  ever_worked "$history" || fail "no revision has worked yet: helm uninstall todo --namespace $namespace, then scripts/deploy.sh"
  [ -n "$revision" ] || fail "no earlier revision is known that worked; name one with --revision"
fi
[ "$revision" != "$newest" ] || fail "revision $revision is the present one; name another with --revision"

say "The suite in the namespace $namespace of $cluster will go from revision ${present:-(none works)} to $revision."
run helm rollback todo "$revision" --namespace "$namespace" --wait --timeout "$timeout" "${hooks[@]}" ||
  fail "revision $revision did not come back; when a hook failed, its roles' passwords could not be set: again with --revision $revision --no-hooks"
scripts/smoke.sh --namespace "$namespace" ${url:+--url "$url"} ${dry_run:+--dry-run} ||
  fail "revision $revision is back and does not work either; helm history todo --namespace $namespace has others"
