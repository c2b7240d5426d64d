#!/usr/bin/env bash
# Brings databases back as scripts/backup.sh has written them, and the suite with them. It stands still meanwhile, and
# what happened after the backup is lost.
#
#   scripts/restore.sh --from <file>... --yes [--namespace todo] [--dry-run]
#
#   --from       a file for each database that comes back, todo's always among them
#   --yes        stop the suite and do it
#   --namespace  where the release `todo` is (todo); it has to be installed (scripts/deploy.sh), on a new server too,
#                where that makes the roles
#   --timeout    for pods to end and to come back (5m)
#   --dry-run    print the commands that change something, and change nothing
#
# Where Postgres is and who asks is told by its own variables: PGHOST, PGPORT, PGUSER, PGPASSWORD or PGPASSFILE,
# PGSSLMODE. It is the role in `migrations.admin`. The broker is the one of rpk's profile or RPK_BROKERS.
#
# A database that is there is kept under another name, for whoever has to look into it; drop it afterwards.
. "$(dirname "$0")/lib.sh"

mapfile -t CONSUMERS < <(services app_id)
mapfile -t images < <(images_of_suite)
# Not by the release: a trial's own Postgres has to stay.
PODS="app.kubernetes.io/part-of=todo,app.kubernetes.io/name in ($(IFS=, && echo "${images[*]}"))"

files=() namespace=todo timeout=5m sure=""
while [ $# -gt 0 ]; do
  case $1 in
    --from) files+=("$(file_of "$(value_of "$@")")"); shift ;;
    --namespace) namespace=$(value_of "$@"); shift ;;
    --timeout) timeout=$(value_of "$@"); shift ;;
    --yes) sure=yes ;;
    --dry-run) dry_run=yes ;;
    --help | -h) usage; exit ;;
    *) unknown "$1" ;;
  esac
  shift
done
[ ${#files[@]} -gt 0 ] || fail "the files are missing: give --from"
need_postgres
need_kubectl
need_helm
need rpk "install Redpanda's rpk (https://docs.redpanda.com/current/get-started/rpk-install)"

# The database that a file is of, as the file itself tells.
database_of() { pg_restore --list "$1" | sed -n 's/^; *dbname: //p'; }

# sql <statement>: carries it out and prints its rows.
sql() { psql --no-psqlrc --no-password --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 --dbname postgres --command "$1"; }

databases=()
for file in "${files[@]}"; do
  [ -f "$file" ] || fail "$file is missing: it was given with --from"
  database=$(database_of "$file") || fail "$file is no file of scripts/backup.sh, or not whole"
  case $database in '' | *[!a-z0-9_]*) fail "$file is of a database «$database», which is none of the suite" ;; esac
  databases+=("$database")
done
case " ${databases[*]} " in *' todo '*) ;; *) fail "none of the files is of the database todo, which goes with all others" ;; esac
rpk topic list > /dev/null || fail "rpk reaches no broker: choose one with rpk profile, or set RPK_BROKERS (and RPK_USER, RPK_PASS)"
cluster=$(cluster_name)
replicas=$(kubectl --namespace "$namespace" get deployments --selector "$PODS" \
  --output 'jsonpath={range .items[*]}{.metadata.name} {.spec.replicas}{"\n"}{end}')
[ -n "$replicas" ] || fail "there is no suite in the namespace $namespace of $cluster: install it with scripts/deploy.sh"
say "The suite in the namespace $namespace of $cluster will stop, get the databases ${databases[*]} of $PGHOST from ${files[*]}, and start again."
say "What people did after the backup will be gone."
[ -n "$sure$dry_run" ] || fail "nothing was done: say --yes when that is meant"

run kubectl --namespace "$namespace" scale deployment --selector "$PODS" --replicas 0
running=$(kubectl --namespace "$namespace" get pods --selector "$PODS" --field-selector status.phase=Running --output name)
# shellcheck disable=SC2086 # a name a word
[ -z "$running" ] || run kubectl --namespace "$namespace" wait $running --for delete --timeout "$timeout"

# Events of what is undone must not have their effect on what comes back. What was not yet published at the moment of
# the backup is in it, and is published again behind the end of the topics; what had its effect is known to the inbox.
groups=$(rpk group list | awk '{ printf " %s", $2 } END { print " " }')
for consumer in "${CONSUMERS[@]}"; do
  case $groups in *" $consumer "*) run rpk group seek "$consumer" --to end ;; esac # on a new broker there is none yet
done

# move_aside <database> <new name>: Postgres renames no database that has sessions, and a pooler keeps its own open when
# the suite has stopped. So no new ones are admitted, and those that are there end.
move_aside() {
  run sql "ALTER DATABASE \"$1\" ALLOW_CONNECTIONS false"
  run sql "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '$1' AND usename IS NOT NULL" > /dev/null ||
    fail "sessions in $1 cannot be ended by $PGUSER: end them (SELECT * FROM pg_stat_activity WHERE datname = '$1'), then run this again"
  run sql "ALTER DATABASE \"$1\" RENAME TO \"$2\""
  run sql "ALTER DATABASE \"$2\" ALLOW_CONNECTIONS true"
}

aside=before_$(date -u +%Y%m%dT%H%M%SZ)
for index in "${!files[@]}"; do
  database=${databases[index]}
  present=$(sql "SELECT datname FROM pg_database WHERE datname = '$database'")
  [ -z "$present" ] || move_aside "$database" "${database}_$aside"
  run pg_restore --create --exit-on-error --no-password --dbname postgres "${files[index]}" ||
    fail "$database did not come back; the one before is ${database}_$aside, and the suite stands still: mend what is said above, drop $database, and run this again"
done

while read -r name count <&3; do
  # None is what an attempt has left that failed: one is enough to begin with, and the next deployment brings the rest.
  run kubectl --namespace "$namespace" scale deployment "$name" --replicas "$((count > 0 ? count : 1))"
done 3<<< "$replicas"
while read -r name _ <&3; do
  run kubectl --namespace "$namespace" rollout status deployment "$name" --timeout "$timeout"
done 3<<< "$replicas"

# What these two derive from events may have been on its way at the moment of the backup; the trail has it.
for service in recurring-tasks-service notification-service; do
  run kubectl --namespace "$namespace" exec "deployment/$service" --container "$service" -- python -m todo_kit rebuild "${service//-/_}" > /dev/null
done
scripts/smoke.sh --namespace "$namespace" ${dry_run:+--dry-run} || fail "the databases are back, and the suite does not work; see kubectl --namespace $namespace get pods"
finish "It is as it was. The databases that were there are named …_$aside."
