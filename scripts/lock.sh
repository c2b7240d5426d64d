#!/usr/bin/env bash
# Writes requirements.lock: every package's dependencies and the development tools, with hashes and no index address.
# Beside each service's pyproject.toml, its own part of it: what its image has. Tools that are no part of it have their own.
set -euo pipefail
cd "$(dirname "$0")/.."
packages=(services/kit backend services/*-service infra/local terminal)
override=$(mktemp)
trap 'rm -f "$override"' EXIT
echo "todo-kit @ file://$PWD/services/kit" > "$override"
compile=(uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
    --no-emit-package todo-kit --override "$override")
"${compile[@]}" "$@" requirements-dev.in "${packages[@]/%//pyproject.toml}" --output-file requirements.lock
for tool in infra/kubernetes/gateway infra/tools/oci; do
  "${compile[@]}" "$tool/requirements.in" --output-file "$tool/requirements.lock"
done
for service in backend services/*-service; do
  "${compile[@]}" --no-annotate --constraint requirements.lock "$service/pyproject.toml" --output-file "$service/requirements.lock"
  # Images are made of wheels alone, on both architectures.
  for architecture in x86_64 aarch64; do
    uv pip install --quiet --dry-run --target .venv/none --python-version 3.13 --python-platform "$architecture-manylinux_2_28" \
      --only-binary :all: --no-deps --require-hashes --requirement "$service/requirements.lock"
  done
done
