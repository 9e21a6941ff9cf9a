#!/bin/sh
# As in the real image: an argument that is not a program is a Composer command.
set -e
case ${1:-} in
  composer) ;;
  -*) set -- composer "$@" ;;
  *) command -v "$1" >/dev/null || set -- composer "$@" ;;
esac
exec "$@"
