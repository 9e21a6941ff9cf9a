# root.sh: the root file system of a test image: busybox, users, programs of Debian packages and their libraries.
# shellcheck shell=bash

MACHINE_LIBRARIES=usr/lib/$(uname -m)-linux-gnu

make_root() {
  local root=$1 busybox applet
  busybox=$(command -v busybox)
  rm -rf "$root"
  mkdir -p "$root"/{bin,dev,etc,lib,proc,root,run,sys,tmp,usr/bin,usr/local/bin,var/log,var/tmp}
  chmod 1777 "$root/tmp" "$root/var/tmp"
  cp "$busybox" "$root/bin/busybox"
  for applet in $("$busybox" --list); do
    [ "$applet" = busybox ] || ln -s busybox "$root/bin/$applet" # busybox linked to itself would replace the program
  done
  ln -s ../../bin/busybox "$root/usr/bin/env" # where scripts look for it
  add_users "$root/etc"
}

# The ids match the real images, so that volumes can be exchanged with them.
add_users() {
  local etc=$1
  cat >"$etc/passwd" <<'END'
root:x:0:0:root:/root:/bin/sh
postgres:x:999:999::/var/lib/postgresql:/bin/sh
redis:x:998:998::/data:/bin/sh
node:x:1000:1000::/home/node:/bin/sh
nobody:x:65534:65534::/:/bin/false
END
  cut -d: -f1,3 "$etc/passwd" | sed 's/:/:x:/; s/$/:/; s/^nobody/nogroup/' >"$etc/group"
  echo 'hosts: files dns' >"$etc/nsswitch.conf"
  echo 3.20.0 >"$etc/alpine-release"
}

# unpack_packages FOLDER PACKAGE…: the packages and the libraries they depend on. apt is shown an empty dpkg status, so
# that it lists the whole closure; anything neither requested nor a library is skipped, as are LLVM and Perl.
unpack_packages() {
  local folder=$1 debs=$1.debs deb name
  shift
  [ "$(cat "$folder/.complete" 2>/dev/null)" != "$*" ] || return 0
  rm -rf "$folder" "$debs"
  mkdir -p "$folder" "$debs/partial"
  apt_with_fresh_lists -o Dir::State::status=/dev/null -o "Dir::Cache::archives=$debs" -o APT::Sandbox::User=root \
    -o Debug::NoLocking=1 --download-only install "$@"
  for deb in "$debs"/*.deb; do
    name=${deb##*/}
    is_wanted "${name%%_*}" "$@" && dpkg-deb -x "$deb" "$folder"
  done
  rm -rf "$debs"
  echo "$*" >"$folder/.complete" # another list of packages is unpacked again
}

is_wanted() {
  local name=$1 asked
  shift
  for asked in "$@"; do
    [ "$name" != "$asked" ] || return 0
  done
  case $name in
    libllvm* | libperl* | libclang*) return 1 ;;
    lib* | zlib1g) ;;
    *) return 1 ;;
  esac
}

# copy_libraries PACKAGES ROOT FILE…: the libraries that the programs link to, from the packages or the machine.
copy_libraries() {
  local packages=$1 root=$2 library
  shift 2
  mkdir -p "$root/$MACHINE_LIBRARIES" "$root/lib64"
  ln -sfn "../$MACHINE_LIBRARIES" "$root/lib/${MACHINE_LIBRARIES##*/}"
  linked_libraries "$packages" "$@" | while read -r library; do
    case $library in
      */ld-linux*) cp -L "$library" "$root${library%/*}/" ;;
      *) cp -L "$library" "$root/$MACHINE_LIBRARIES/" ;;
    esac
  done
  copy_name_services "$packages" "$root"
}

linked_libraries() {
  local path=$1/$MACHINE_LIBRARIES:$1/${MACHINE_LIBRARIES#usr/} file
  shift
  for file in "$@"; do
    LD_LIBRARY_PATH=$path ldd "$file" 2>/dev/null || true # a static program links to nothing
  done | awk '{ for (i = 1; i <= NF; i++) if ($i ~ /^\//) print $i }' | sort -u
}

# glibc loads these by name when a host is looked up, so ldd does not see them.
copy_name_services() {
  local packages=$1 root=$2 folder name
  for folder in "$packages/${MACHINE_LIBRARIES#usr/}" "$packages/$MACHINE_LIBRARIES" "/$MACHINE_LIBRARIES"; do
    for name in libnss_files.so.2 libnss_dns.so.2 libresolv.so.2; do
      [ ! -e "$folder/$name" ] || [ -e "$root/$MACHINE_LIBRARIES/$name" ] || cp -L "$folder/$name" "$root/$MACHINE_LIBRARIES/"
    done
  done
}
