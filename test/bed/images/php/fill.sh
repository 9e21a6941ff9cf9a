# shellcheck shell=bash
PHP_VERSION=8.2 # bookworm's; Compose files ask for 8.3
PHP_EXTENSIONS=(ctype fileinfo iconv mbstring pdo phar posix tokenizer) # enabled in the real image by default

fill_php() {
  local root=$1 packages=$2 recipe=$3 extensions
  unpack_packages "$packages" "php$PHP_VERSION-"{cli,fpm,common,mbstring,pgsql} tzdata
  extensions=$(echo "$packages"/usr/lib/php/20*)
  mkdir -p "$root"/usr/{local/sbin,share} "$root${extensions#"$packages"}" "$root"/usr/local/etc/php/conf.d \
    "$root/etc/php/$PHP_VERSION/fpm" "$root/var/www/html"
  cp -L "$packages/usr/bin/php$PHP_VERSION" "$root/usr/local/bin/php"
  cp -L "$packages/usr/sbin/php-fpm$PHP_VERSION" "$root/usr/local/sbin/php-fpm"
  cp -L "$extensions"/*.so "$root${extensions#"$packages"}/"
  cp -a "$packages/usr/share/zoneinfo" "$root/usr/share/"
  install -m 755 "$recipe"/{apt-get,docker-php-ext-install} "$root/usr/local/bin/"
  cp "$recipe/php-fpm.conf" "$root/etc/php/$PHP_VERSION/fpm/"
  printf 'extension=%s\n' "${PHP_EXTENSIONS[@]}" >"$root/usr/local/etc/php/conf.d/00-built-in.ini"
  echo 'www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin' >>"$root/etc/passwd"
  echo 'www-data:x:33:' >>"$root/etc/group"
  chown 33:33 "$root/var/www/html"
  copy_libraries "$packages" "$root" "$root/usr/local/bin/php" "$root/usr/local/sbin/php-fpm" \
    "$root${extensions#"$packages"}"/*.so
}
