# shellcheck shell=bash
fill_redis() {
  local root=$1 packages=$2 recipe=$3
  unpack_packages "$packages" redis-server redis-tools
  cp -L "$packages"/usr/bin/redis-{server,cli} "$root/usr/local/bin/"
  copy_libraries "$packages" "$root" "$root"/usr/local/bin/redis-*
  mkdir "$root/data"
  chown 998:998 "$root/data"
  install -m 755 "$recipe/docker-entrypoint.sh" "$root/usr/local/bin/"
}
