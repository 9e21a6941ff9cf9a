#!/bin/bash
# tools.sh: installs what the tests and the build need besides Node and the engine, with apt. Skips installed tools.
# Last line: "tools: ready …" or "tools: FAILED <step>: <reason>".
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=bed.sh
source "$here/bed.sh"
# shellcheck source-path=SCRIPTDIR source=debian.sh
source "$here/debian.sh"

# program:package. make, g++ and python3 build better-sqlite3 if no prebuilt binary is available; docker-registry and
# htpasswd are for the tests of `piko pull` and `piko push`, zsh and fish for completion, certutil for
# `piko proxy trust`.
TOOLS=(git:git curl:curl tmux:tmux zsh:zsh fish:fish make:make g++:g++ python3:python3
  docker-registry:docker-registry htpasswd:apache2-utils certutil:libnss3-tools)

missing_packages() {
  local tool
  for tool in "${TOOLS[@]}"; do
    command -v "${tool%%:*}" >/dev/null || echo "${tool##*:}"
  done
}

install_tools() {
  local packages
  mapfile -t packages < <(missing_packages)
  [ ${#packages[@]} = 0 ] || {
    require_root
    install_missing "${packages[@]}"
  }
}

bed_open tools
step install install_tools
bed_ready "${TOOLS[*]%%:*}"
