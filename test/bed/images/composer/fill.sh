# shellcheck shell=bash
COMPOSER_PACKAGES=(composer jsonlint php-json-schema php-psr-{container,log} php-react-promise php-seld-signal-handler
  php8.2-intl php-composer-{ca-bundle,class-map-generator,metadata-minifier,pcre,semver,spdx-licenses,xdebug-handler}
  php-symfony-{console,deprecation-contracts,filesystem,finder,process,service-contracts,string})

# On top of the image of PHP.
fill_composer() {
  local root=$1 packages=$2 recipe=$3 intl
  is_current php || make_image php
  unpack_packages "$packages" "${COMPOSER_PACKAGES[@]}"
  mkdir -p "$root/usr/share" "$root/app"
  cp -a "$packages/usr/share/php" "$root/usr/share/"
  cp -L "$packages/usr/bin/composer" "$root/usr/bin/"
  ln -s ../local/bin/php "$root/usr/bin/php" # where Debian's Composer looks for it
  intl=$(echo "$packages"/usr/lib/php/20*/intl.so)
  install -D "$intl" "$root${intl#"$packages"}"
  install -D /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
  mkdir -p "$root/usr/local/etc/php/conf.d"
  echo extension=intl >"$root/usr/local/etc/php/conf.d/10-intl.ini"
  copy_libraries "$packages" "$root" "$intl"
  install -m 755 "$recipe/docker-entrypoint.sh" "$root/usr/local/bin/"
}
