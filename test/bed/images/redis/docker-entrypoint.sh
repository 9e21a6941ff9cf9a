#!/bin/sh
set -e
case ${1:-} in
  -* | *.conf) set -- redis-server "$@" ;;
esac
[ "$1" != redis-server ] || set -- "$@" --protected-mode no
exec "$@"
