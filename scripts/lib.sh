# shellcheck shell=bash
# What the scripts of the delivery have in common. They are sourced from scripts/, and go to the checkout's folder.
# A command that changes something goes through `run`, so that --dry-run shows it instead; what only looks is called
# as it is, also in a dry run.
set -euo pipefail
((BASH_VERSINFO[0] >= 5)) || { echo "bash $BASH_VERSION is too old: install 5 or newer (macOS: brew install bash)" >&2; exit 1; }
shopt -s inherit_errexit
here=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")/.."

dry_run=${dry_run:-}
script="scripts/$(basename "$0")"

# One line, with what to do next.
fail() {
  echo "$script: $1" >&2
  exit 1
}

say() { echo "$@" >&2; }

# services <field>: the values of services.toml, one a line, such as those of app_id.
services() { sed -n "s/^$1 = \"\(.*\)\"/\1/p" services.toml; }
images_of_suite() { services app_id; echo frontend; }

# What is true at the end, unless nothing was done.
finish() {
  if [ -n "$dry_run" ]; then say "Nothing was changed."; else say "$@"; fi
}

# need <program> <where it comes from>
need() { command -v "$1" > /dev/null || fail "$1 is missing: $2"; }

need_helm() { need helm "install Helm 3.14 or newer (https://helm.sh/docs/intro/install)"; }
# What brings a failed upgrade back: Helm 4 renamed the flag, and its first versions do not know the old name.
helm_undo_flag() {
  case $(helm upgrade --help) in
    *--rollback-on-failure*) printf -- --rollback-on-failure ;;
    *) printf -- --atomic ;;
  esac
}

need_kubectl() { need kubectl "install it (https://kubernetes.io/docs/tasks/tools), and point it to the cluster"; }

# Prints a command so that it can be pasted; in a dry run that is all.
run() {
  { printf '+' && printf ' %q' "$@" && echo; } >&2
  [ -n "$dry_run" ] || "$@"
}

# The comment at the head of the script is its manual.
usage() { awk 'NR > 1 && !/^#/ { exit } NR > 1 { sub(/^# ?/, ""); print }' "$script"; }

# value_of <flag> <its value, when there is one>: a flag that ends the line, or is followed by another, has none.
value_of() {
  case ${2-} in
    '' | --*) fail "$1 needs a value; see $script --help" ;;
    *) printf '%s' "$2" ;;
  esac
}

# A file that was named by who called, from where they called.
file_of() {
  case $1 in
    /*) printf '%s' "$1" ;;
    *) printf '%s' "$here/$1" ;;
  esac
}

unknown() { fail "$1 is not known here; see $script --help"; }

# The name of the cluster that helm and kubectl talk to, for the line that says what will change.
cluster_name() { kubectl config current-context 2> /dev/null || fail "kubectl has no cluster: run scripts/setup-oke.sh --kubeconfig-only, or set KUBECONFIG"; }

# release_history <release> <namespace>: in JSON; nothing when the release is not there.
release_history() {
  local history
  history=$(helm history "$1" --namespace "$2" --output json 2>&1) || case $history in
    *'not found'*) return 0 ;;
    *) fail "helm cannot tell the revisions of $1: $history" ;;
  esac
  printf '%s' "$history"
}

# revisions <status>: those of a history in JSON that have it, the oldest first.
revisions() { tr '{' '\n' | sed -n 's/.*"revision":\([0-9]*\),.*"status":"'"$1"'".*/\1/p'; }

# newest_revision <status>: of a history in JSON; nothing when none has it.
newest_revision() { revisions "$1" | tail -n 1; }

# ever_worked <history in JSON>: whether anything did.
ever_worked() {
  case $1 in *'"status":"deployed"'* | *'"status":"superseded"'*) ;; *) return 1 ;; esac
}

# apply_crds <chart and options>: Helm installs the custom resource definitions of a chart and never upgrades them.
apply_crds() {
  if [ -n "$dry_run" ]; then
    say "+ helm show crds $* | kubectl apply --server-side --force-conflicts --filename -"
    return
  fi
  local definitions
  # Helm puts nothing between the files of a chart.
  definitions=$(helm show crds "$@" | awk '/^apiVersion:/ { print "---" } 1') || fail "helm cannot get the chart: helm show crds $*"
  [ -z "$definitions" ] || run kubectl apply --server-side --force-conflicts --filename - <<< "$definitions"
}

# Postgres' own programs, and their variables.
need_postgres() {
  need pg_restore "install Postgres' client, of the server's version or newer (Debian: apt-get install postgresql-client)"
  local name
  for name in PGHOST PGUSER; do
    [ -n "${!name:-}" ] || fail "$name is missing: set PGHOST and PGUSER (and PGPASSWORD, PGSSLMODE) to those of migrations.admin"
  done
}
