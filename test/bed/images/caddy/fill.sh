# shellcheck shell=bash
fill_caddy() {
  local root=$1 packages=$2 certificates=/etc/ssl/certs/ca-certificates.crt
  unpack_newer "$packages" caddy
  mkdir -p "$root"/{config,data,srv} "$root"/etc/{caddy,ssl/certs}
  cp "$packages/usr/bin/caddy" "$root/usr/bin/"
  copy_libraries / "$root" "$root/usr/bin/caddy"
  printf ':80 {\n\trespond "caddy"\n}\n' >"$root/etc/caddy/Caddyfile"
  [ ! -e "$certificates" ] || cp "$certificates" "$root/etc/ssl/certs/"
}
