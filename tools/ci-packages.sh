#!/usr/bin/env bash
# Debian packages that the tests need: chromium, in which tests open pages; the shells whose
# completion is tested; node and npm, with which Phaser and PixiJS read sheets (`make engines`). Where
# they cannot be installed (no network, no rights) those tests are skipped and say so.
set -euo pipefail
packages=(chromium zsh fish)
command -v node >/dev/null || packages+=(nodejs)  # npm may come with it or by itself
command -v npm >/dev/null || packages+=(npm)
missing=()
for package in "${packages[@]}"; do
  dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
done
if [ "${#missing[@]}" -gt 0 ]; then
  apt-get update -qq &&
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" ||
    echo "ci-packages: not installed: ${missing[*]}; the tests that need them are skipped"
fi
