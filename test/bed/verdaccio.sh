#!/bin/bash
# verdaccio.sh: a local npm registry for the tests, installed from the npm registry into the folder of the bed.
# `test/sandbox/registry.ts` starts one for each suite that publishes; this script leaves nothing running.
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=test/bed/bed.sh
. "$HERE/bed.sh"
bed_open verdaccio

FOLDER=$BED_RUN/verdaccio

is_installed() {
  [ -e "$FOLDER/node_modules/verdaccio/bin/verdaccio" ] && cmp -s "$HERE/verdaccio/package.json" "$FOLDER/package.json"
}

install_verdaccio() {
  local fresh=$FOLDER.new
  rm -rf "$fresh"
  mkdir -p "$fresh"
  cp "$HERE/verdaccio/package.json" "$fresh/"
  (cd "$fresh" && npm install --ignore-scripts --no-audit --no-fund --omit dev)
  rm -rf "$FOLDER"
  mv "$fresh" "$FOLDER"
}

is_installed || step install install_verdaccio
bed_ready "$FOLDER"
