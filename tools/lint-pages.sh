#!/usr/bin/env bash
# Lints and checks the format of the pages' style and script with Biome (npm, pinned in tools/pages).
# Where there is no npm, or it reaches no registry, it says so and is skipped.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v npm >/dev/null; then
  echo "lint-pages: skipped, npm is not here"
  exit 0
fi
if [ ! -x tools/pages/node_modules/.bin/biome ] &&
  ! npm ci --prefix tools/pages --no-fund --no-audit --loglevel=error; then
  echo "lint-pages: skipped, npm could not install Biome"
  exit 0
fi
tools/pages/node_modules/.bin/biome check --error-on-warnings
