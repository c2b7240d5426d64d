#!/usr/bin/env bash
# Writes requirements.lock: every package's dependencies and the development tools, with hashes and no index address.
set -euo pipefail
cd "$(dirname "$0")/.."
packages=(services/kit backend services/*-service infra/local terminal)
override=$(mktemp)
trap 'rm -f "$override"' EXIT
echo "todo-kit @ file://$PWD/services/kit" > "$override"
uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
    --no-emit-package todo-kit --override "$override" "$@" \
    requirements-dev.in "${packages[@]/%//pyproject.toml}" --output-file requirements.lock
