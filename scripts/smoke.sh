#!/usr/bin/env bash
# Looks whether an installed suite works: from inside with `helm test` (a task, its reminder and its audit trail), and
# from outside, where people come from. It changes nothing but the test's own account.
#
#   scripts/smoke.sh [--namespace todo] [--url https://todo.example] [--no-test] [--dry-run]
#
#   --namespace  where the release `todo` is (todo)
#   --url        look from outside too: page, API, certificate, and that nothing of the operations is open
#   --no-test    only from outside
#   --timeout    of the test inside (2m)
#   --attempts   how often a check is tried before it counts as failed: the test inside three times at most, the checks
#                from outside every 5 seconds, because a new load balancer or certificate takes a while (24)
#   --dry-run    print the commands that would be run
. "$(dirname "$0")/lib.sh"

namespace=todo url="" inside=yes timeout=2m attempts=24
while [ $# -gt 0 ]; do
  case $1 in
    --namespace) namespace=$(value_of "$@"); shift ;;
    --url) url=$(value_of "$@"); shift ;;
    --timeout) timeout=$(value_of "$@"); shift ;;
    --attempts) attempts=$(value_of "$@"); shift ;;
    --no-test) inside="" ;;
    --dry-run) dry_run=yes ;;
    --help | -h) usage; exit ;;
    *) unknown "$1" ;;
  esac
  shift
done
url=${url%/}
[ -n "$inside$url" ] || fail "nothing is left to look at: give --url, or leave --no-test out"
[ -z "$inside" ] || need_helm
[ -z "$url" ] || need curl "install it (Debian: apt-get install curl)"

# ask <path> [curl's options]: status and content type. Curl holds the certificate against what the machine trusts.
ask() {
  local path=$1
  shift
  run curl --silent --show-error --max-time 20 --output /dev/null --write-out '%{http_code} %{content_type}\n' "$@" "$url$path"
}

# Adds a line to `wrong`, which says at the end why the last attempt failed.
wrong() { wrong+=("$1"); }

# inside: one lost request must not bring a good release down.
inside() {
  local attempt
  for ((attempt = 1; attempt <= (attempts < 3 ? attempts : 3); attempt++)); do
    ! run helm test todo --namespace "$namespace" --timeout "$timeout" || return 0
  done
  return 1
}

# outside: tries all checks again until each of them passes in one attempt.
outside() {
  local attempt
  for ((attempt = 1; attempt <= attempts; attempt++)); do
    wrong=()
    look_from_outside
    [ ${#wrong[@]} -gt 0 ] || return 0
    [ "$attempt" = "$attempts" ] || sleep "${SMOKE_PAUSE:-5}"
  done
  say "${wrong[@]/#/not as it should be: }"
  return 1
}

look_from_outside() {
  local answer="" status=0 path
  answer=$(ask / --location) || status=$?
  if [ "$status" = 60 ]; then
    # Let's Encrypt's staging server is the usual reason.
    wrong "the certificate of $url is not trusted; see exposure.tls.issuer.production, and kubectl -n $namespace get certificate"
    return
  elif [ "$status" != 0 ]; then
    wrong "$url does not answer (curl ended with $status); see kubectl -n $namespace get gateway,ingress"
    return
  fi
  [ -n "$dry_run" ] || case $answer in
    200\ text/html*) ;;
    *) wrong "the page answers «$answer», and not 200 and HTML" ;;
  esac

  answer=$(ask /api/nobody/tasks) || true
  [ -n "$dry_run" ] || case $answer in
    401\ application/problem+json*) ;;
    *) wrong "the task API without a token answers «$answer», and not 401 and application/problem+json" ;;
  esac

  # What services say of themselves is for the cluster alone. The page has these paths too, or says that it has not:
  # HTML, a redirect or 404. Its own /health is like theirs, and tells nothing.
  for path in /health/subscriptions /ready /metrics; do
    answer=$(ask "$path") || true
    [ -n "$dry_run" ] || case $answer in
      3??\ * | 404\ * | ???\ text/html*) ;;
      *) wrong "$path is answered from outside with «$answer»" ;;
    esac
  done
}

[ -z "$inside" ] || say "The test of the release todo in the namespace $namespace runs: an account of its own makes a task."
[ -z "$inside" ] || inside || fail "helm test failed; what it says is above"
[ -z "$url" ] || outside || fail "$url is not as it should be; what is wrong is above"
finish "The suite works."
