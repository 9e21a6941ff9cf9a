# shellcheck shell=bash
fill_nginx() {
  local root=$1 packages=$2 recipe=$3
  unpack_packages "$packages" nginx nginx-common
  mkdir -p "$root"/usr/sbin "$root"/etc/nginx/conf.d "$root"/usr/share/nginx/html "$root"/var/{cache,lib,log}/nginx
  cp -L "$packages/usr/sbin/nginx" "$root/usr/sbin/"
  cp "$packages/etc/nginx/mime.types" "$recipe/nginx.conf" "$root/etc/nginx/"
  cp "$recipe/default.conf" "$root/etc/nginx/conf.d/"
  echo '<h1>Welcome to nginx!</h1>' >"$root/usr/share/nginx/html/index.html"
  copy_libraries "$packages" "$root" "$root/usr/sbin/nginx"
}
