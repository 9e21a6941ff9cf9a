# shellcheck shell=bash
# The machine's own Node: Debian's is older than what projects ask for.
fill_node() {
  local root=$1 node
  node=$(node -p process.execPath) # not `command -v`, which may be a version manager's shim
  cp -L "$node" "$root/usr/local/bin/node"
  copy_libraries / "$root" "$node"
  mkdir -p "$root/usr/src/app" "$root/home/node"
  chown 1000:1000 "$root/home/node"
}
