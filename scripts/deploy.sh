#!/usr/bin/env bash
# Installs the suite, or upgrades it after a backup, checks that it works, and goes back when it does not.
#
#   scripts/deploy.sh --repository ghcr.io/<owner>/<repository> --tag <tag> --values <file>... --backup-to <folder>
#     [--url …] [--dry-run]
#
#   --repository what the images' names begin with (or IMAGE_REPOSITORY)
#   --tag        of the images (or IMAGE_TAG)
#   --values     a file with values, as often as one likes; secrets.example.yaml says what a first one needs
#   --namespace  where (todo)
#   --url        look from outside too, after it (see scripts/smoke.sh)
#   --backup-to  the folder for the backup that is taken before an upgrade migrates; it is scripts/backup.sh's, which
#                says what it needs (PGHOST …, and BACKUP_BUCKET for a copy in a bucket)
#   --no-backup  take none: for a trial, or where the database has its own point-in-time recovery
#   --timeout    for Helm, migrations included (10m)
#   --dry-run    print the commands that change something, and change nothing
#
# Migrations run before the new pods and only expand, so the revision before goes on working with the new tables.
. "$(dirname "$0")/lib.sh"

CHART=infra/helm/todo

repository=${IMAGE_REPOSITORY:-} tag=${IMAGE_TAG:-} namespace=todo url="" timeout=10m backup="" files=()
while [ $# -gt 0 ]; do
  case $1 in
    --repository) repository=$(value_of "$@"); shift ;;
    --tag) tag=$(value_of "$@"); shift ;;
    --values | -f) files+=("$(value_of "$@")"); shift ;;
    --namespace) namespace=$(value_of "$@"); shift ;;
    --url) url=$(value_of "$@"); shift ;;
    --backup-to) backup=$(file_of "$(value_of "$@")"); shift ;;
    --no-backup) backup=none ;;
    --timeout) timeout=$(value_of "$@"); shift ;;
    --dry-run) dry_run=yes ;;
    --help | -h) usage; exit ;;
    *) unknown "$1" ;;
  esac
  shift
done
[ -n "$repository" ] || fail "the images' repository is missing: give --repository or set IMAGE_REPOSITORY"
[ -n "$tag" ] || fail "the images' tag is missing: give --tag or set IMAGE_TAG"
[ ${#files[@]} -gt 0 ] || fail "the values are missing: copy $CHART/secrets.example.yaml, fill it in, and give it with --values"
values=()
for file in "${files[@]}"; do
  file=$(file_of "$file")
  [ -f "$file" ] || fail "$file is missing: it was given with --values"
  values+=(--values "$file")
done
need_helm
need_kubectl

cluster=$(cluster_name)
history=$(release_history todo "$namespace")
before=$(newest_revision deployed <<< "$history")
interrupted=$(newest_revision 'pending-[a-z]*' <<< "$history")
# Helm never mends the status of one that was interrupted: it counts as long as nothing came after it.
if [ -n "$interrupted" ] && [ "$interrupted" = "$(newest_revision '[a-z-]*' <<< "$history")" ]; then
  end="helm uninstall todo --namespace $namespace"
  ! ever_worked "$history" || end="scripts/rollback.sh --namespace $namespace"
  fail "revision $interrupted is still being deployed, or was interrupted; then $end ends it"
fi
say "The suite will be $([ -n "$before" ] && echo "upgraded from revision $before" || echo installed) in the namespace $namespace of $cluster, with $repository/…:$tag."
if [ -n "$before" ] && [ "$backup" != none ]; then
  [ -n "$backup" ] || fail "an upgrade migrates the databases: say with --backup-to where a backup of them goes first, or --no-backup"
  scripts/backup.sh --to "$backup" ${dry_run:+--dry-run} || fail "nothing was deployed, because there is no backup; what is wrong is above"
fi
smoke=(scripts/smoke.sh --namespace "$namespace" ${url:+--url "$url"} ${dry_run:+--dry-run})
run helm upgrade --install todo "$CHART" --namespace "$namespace" --create-namespace "${values[@]}" \
  --set "image.repository=$repository" --set-string "image.tag=$tag" "$(helm_undo_flag)" --wait --timeout "$timeout" || {
  [ -n "$before" ] || fail "the suite was not installed; what is wrong is above"
  "${smoke[@]}" --timeout 1m --attempts 2 || fail "the upgrade failed, and what Helm brought back does not work: look at kubectl --namespace $namespace get pods, then scripts/rollback.sh --namespace $namespace"
  fail "the upgrade to $tag failed; Helm brought back what ran before, which works"
}

if "${smoke[@]}"; then
  [ -n "$dry_run" ] || say "It runs: $(helm list --namespace "$namespace" --filter '^todo$' --no-headers 2> /dev/null || true)"
  exit
fi
[ -n "$before" ] || fail "the suite does not work, and there is no revision to go back to: does its name lead to it (helm get notes todo --namespace $namespace)? Then run scripts/smoke.sh again, or helm uninstall todo --namespace $namespace"
run helm rollback todo "$before" --namespace "$namespace" --wait --timeout "$timeout" ||
  fail "the suite does not work, and going back to revision $before failed too: look at kubectl --namespace $namespace get pods, then scripts/rollback.sh --namespace $namespace --revision $before --no-hooks"
"${smoke[@]}" || fail "the suite did not work with $tag, and revision $before, which is back, does not work either: look at kubectl --namespace $namespace get pods"
fail "the suite did not work with $tag; revision $before is back, and works"
