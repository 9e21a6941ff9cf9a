#!/bin/sh
# As in the real image: what is no program is a command of Composer's.
set -e
case ${1:-} in
  composer) ;;
  -*) set -- composer "$@" ;;
  *) command -v "$1" >/dev/null || set -- composer "$@" ;;
esac
exec "$@"
