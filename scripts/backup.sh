#!/usr/bin/env bash
# Writes the databases into files from which scripts/restore.sh makes them anew, while the suite runs.
#
#   scripts/backup.sh --to <folder> [--database todo]... [--dry-run]
#
#   --to        the folder of the files, which are named by database and time (UTC)
#   --database  todo, unless others are named; also the one of the state store when conversations are in Postgres (dapr)
#   --bucket    of Oracle's object storage, to which the files are copied (or BACKUP_BUCKET)
#   --dry-run   print the commands that change something, and change nothing
#
# Where Postgres is and who asks is told by its own variables: PGHOST, PGPORT, PGUSER, PGPASSWORD or PGPASSFILE,
# PGSSLMODE. It is the role in `migrations.admin`, which may read all schemas.
#
# A file holds all schemas of its database as they were at one moment. Keep files away from the database, and as safe
# as it: they have everybody's tasks in them.
. "$(dirname "$0")/lib.sh"

folder="" bucket=${BACKUP_BUCKET:-} databases=()
while [ $# -gt 0 ]; do
  case $1 in
    --to) folder=$(value_of "$@"); shift ;;
    --database) databases+=("$(value_of "$@")"); shift ;;
    --bucket) bucket=$(value_of "$@"); shift ;;
    --dry-run) dry_run=yes ;;
    --help | -h) usage; exit ;;
    *) unknown "$1" ;;
  esac
  shift
done
[ -n "$folder" ] || fail "the folder is missing: give --to"
folder=$(file_of "$folder")
[ ${#databases[@]} -gt 0 ] || databases=(todo)
need_postgres
[ -z "$bucket" ] || need oci "install Oracle's CLI (https://docs.oracle.com/iaas/Content/API/SDKDocs/cliinstall.htm)"

umask 077
now=$(date -u +%Y%m%dT%H%M%SZ)
say "The databases ${databases[*]} of $PGHOST will be written into $folder."
run mkdir -p "$folder"
for database in "${databases[@]}"; do
  file=$folder/$database-$now.dump
  run pg_dump --format custom --no-comments --no-password --file "$file.part" "$database" || fail "$database was not written: is the role $PGUSER a member of the schemas' owners?"
  [ -n "$dry_run" ] || pg_restore --list "$file.part" > /dev/null || fail "$file.part cannot be read back"
  run mv "$file.part" "$file"
  [ -z "$bucket" ] || run oci os object put --bucket-name "$bucket" --file "$file" --name "$(basename "$file")" --force > /dev/null || fail "$file was written, and not copied to the bucket $bucket"
done
finish "Written; try it on another server with scripts/restore.sh before you need it."
