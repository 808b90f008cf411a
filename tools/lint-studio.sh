#!/usr/bin/env bash
# The studio's page: types and accessibility (svelte-check), and whether the committed build is what
# its sources give, byte by byte. `tools/lint-studio.sh build` builds it anew.
# Where there is no npm, or it reaches no registry, it says so and is skipped.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v npm >/dev/null; then
  echo "lint-studio: skipped, npm is not here"
  exit 0
fi
if [ ! -x web/node_modules/.bin/vite ] &&
  ! (cd web && npm ci --ignore-scripts --loglevel=error); then
  echo "lint-studio: skipped, npm could not install what builds the page"
  exit 0
fi
cd web
if [ "${1:-}" = build ]; then
  npm run --silent build -- --logLevel warn
  exit 0
fi
npm run --silent check
built=$(mktemp -d)
trap 'rm -rf "$built"' EXIT
npm run --silent build -- --logLevel error --outDir "$built"
if ! diff -r "$built" ../src/pincel/studio/static >/dev/null; then
  echo "lint-studio: src/pincel/studio/static is not what web/ gives; run tools/lint-studio.sh build"
  exit 1
fi
