#!/usr/bin/env bash
# The web UI's tests: style and types, units, and real browsers over the running suite. Arguments go to Playwright.
set -euo pipefail
cd "$(dirname "$0")/.."

.venv/bin/python -m todo_local build-web
cd frontend
npm run --silent check
npm test --silent

browser=$(command -v chromium || node -e 'console.log(require("playwright").chromium.executablePath())')
if [ -x "$browser" ]; then
  npx playwright test "$@"
else
  echo "NOT TESTED in a browser: Chromium is missing (Debian: apt-get install chromium chromium-headless-shell; elsewhere: npx playwright install chromium)" >&2
  [ -z "${CI:-}" ] || exit 1
fi
