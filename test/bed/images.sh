#!/bin/bash
# images.sh: builds the test images, from Debian's packages, under the tags that Compose files name; no image is pulled.
#   images.sh [busybox redis postgres nginx caddy node python php composer …]   all of them by default
# Only on an engine that engine.sh started, or with CI=true or PIKO_TEST_BED=1 (else exit 3): on a user's own engine
# the tags belong to the real images. Last line: "images: ready …" or "images: FAILED <step>: <reason>".
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=bed.sh
source "$here/bed.sh"
# shellcheck source-path=SCRIPTDIR source=debian.sh
source "$here/debian.sh"
# shellcheck source-path=SCRIPTDIR source=images/root.sh
source "$here/images/root.sh"

WORK=$BED_RUN/images
LABEL=dev.piko.test-image
VERSION=piko-3 # raise it when a recipe changes: images with another value are rebuilt
IMAGES=(busybox redis postgres nginx caddy node python php composer)
# Only the first tag of an image is checked. Debian's PostgreSQL, Python and PHP and the machine's
# Node stand in for all.
declare -A TAGS=(
  [busybox]='busybox:latest busybox:1.36 alpine:latest alpine:3 alpine:3.20'
  [redis]='redis:7 redis:latest redis:alpine redis:7-alpine'
  [postgres]='postgres:16 postgres:latest postgres:alpine postgres:16-alpine postgres:15 postgres:17'
  [nginx]='nginx:latest nginx:alpine nginx:1.27 nginx:1.27-alpine'
  [caddy]='caddy:2 caddy:latest caddy:2-alpine'
  [node]='node:20 node:20-alpine node:22 node:22-alpine'
  [python]='python:3.12 python:3.12-slim python:3.12-alpine python:3 python:latest'
  [php]='php:8.3-fpm php:8.3-fpm-alpine php:8-fpm php:fpm'
  [composer]='composer:2 composer:latest'
)

may_build() {
  [ "${CI:-}" = true ] || [ "${PIKO_TEST_BED:-}" = 1 ] || engine_is_own
}

is_current() {
  local tag
  for tag in ${TAGS[$1]}; do
    [ "$(docker image inspect --format "{{index .Config.Labels \"$LABEL\"}}" "$tag" 2>/dev/null)" = "$VERSION" ] || return 1
  done
}

# A folder images/NAME holds the Dockerfile and fill.sh, which copies the programs into the root.
make_image() {
  local name=$1 root=$WORK/$1/root packages=$WORK/$1/packages
  mkdir -p "$WORK/$name"
  make_root "$root"
  # shellcheck source=/dev/null
  source "$here/images/$name/fill.sh"
  "fill_$name" "$root" "$packages" "$here/images/$name"
  build_image "$name" "$root"
}

# Not `docker import`, which refuses STOPSIGNAL; the classic builder, since it needs no buildx.
build_image() {
  local name=$1 context=$WORK/$1/context first tag
  first=${TAGS[$name]%% *}
  rm -rf "$context"
  mkdir "$context"
  tar --numeric-owner -C "$2" -cf "$context/root.tar" .
  cp "$here/images/$name/Dockerfile" "$context/"
  DOCKER_BUILDKIT=0 docker build --quiet --label "$LABEL=$VERSION" --tag "$first" "$context"
  for tag in ${TAGS[$name]}; do
    docker tag "$first" "$tag"
  done
  rm -rf "$context" "$2"
}

if ! may_build; then
  echo 'images: FAILED owner: the engine is not the one of the test bed; CI=true or PIKO_TEST_BED=1 overrules'
  exit 3
fi
bed_open images
[ $# -gt 0 ] || set -- "${IMAGES[@]}"
step engine engine_answers
step root require_root
step busybox install_missing busybox-static
for image in "$@"; do
  [ -n "${TAGS[$image]:-}" ] || step "$image" fail "no such image; known are ${IMAGES[*]}"
  is_current "$image" || step "$image" make_image "$image"
done
bed_ready "$*"
