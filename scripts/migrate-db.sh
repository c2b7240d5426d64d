#!/usr/bin/env bash
# Brings the databases up to date by hand, from this checkout; the chart's hook jobs do the same before each upgrade.
#
#   scripts/migrate-db.sh [--dry-run]
#
# What is done follows from the URLs in the environment:
#   PROVISION_URL__ADMIN          of who may make roles and databases: makes those of every other PROVISION_URL__*,
#                                 such as PROVISION_URL__BACKEND and PROVISION_URL__BACKEND_OWNER
#   MIGRATION_DATABASE_URL__TODO_BACKEND, …__NOTIFICATION_SERVICE, …__RECURRING_TASKS_SERVICE, …__AUDIT_SERVICE
#                                 of the schemas' owners: migrates these services
#   AUTH_DATABASE_URL             of the owner of sign-in's schema, with PUBLIC_URL: migrates sign-in
#
#   --dry-run    print the commands that change something, and change nothing
. "$(dirname "$0")/lib.sh"

while [ $# -gt 0 ]; do
  case $1 in
    --dry-run) dry_run=yes ;;
    --help | -h) usage; exit ;;
    *) unknown "$1" ;;
  esac
  shift
done

python=.venv/bin/python
migrate=frontend/.next/standalone/migrate.cjs

modules=()
for module in $(services module); do
  name=MIGRATION_DATABASE_URL__${module^^}
  [ -z "${!name:-}" ] || modules+=("$module")
done
admin=${PROVISION_URL__ADMIN:-} auth=${AUTH_DATABASE_URL:-}

[ -n "$admin$auth" ] || [ ${#modules[@]} -gt 0 ] || fail "no URL is set: set MIGRATION_DATABASE_URL__TODO_BACKEND and the others of $script --help"
if [ -n "$admin" ] || [ ${#modules[@]} -gt 0 ]; then
  [ -x "$python" ] || fail "$python is missing: run make install"
fi
if [ -n "$auth" ]; then
  need node "install Node.js 20 or newer"
  [ -n "${PUBLIC_URL:-}" ] || fail "PUBLIC_URL is missing: set it to where people find the page, as for the frontend"
  # Without the page's own way of building, because that serves the local suite from a folder of its own.
  [ -f "$migrate" ] || [ -n "$dry_run" ] || fail "$migrate is missing: run npm ci and npm run build in frontend/"
fi

[ -z "$admin" ] || say "Roles, databases and schemas will be made where they are missing."
[ ${#modules[@]} = 0 ] || say "These schemas will be brought up to date: ${modules[*]}."
[ -z "$auth" ] || say "The tables of sign-in will be brought up to date."

[ -z "$admin" ] || run "$python" -m todo_kit provision
[ ${#modules[@]} = 0 ] || run "$python" -m todo_kit migrate "${modules[@]}"
# Its settings are read as a whole; migrations sign nothing and call nobody.
[ -z "$auth" ] || run env "BACKEND_URL=${BACKEND_URL:-http://localhost}" "AUTH_SECRET=migrations sign nothing and need none" TRUSTED_PROXIES=none node "$migrate"
