#!/bin/sh
# The parts of the real image's entry point that Compose files use: POSTGRES_USER, _PASSWORD, _DB, _HOST_AUTH_METHOD,
# _INITDB_ARGS and /docker-entrypoint-initdb.d.
# shellcheck disable=SC1090,SC2016 # the project's own scripts; arguments expanded by the inner shell
set -e

as_postgres() {
  su postgres -s /bin/sh -c 'exec "$0" "$@"' -- "$@"
}

require_password() {
  [ -n "$POSTGRES_PASSWORD" ] || [ "$POSTGRES_HOST_AUTH_METHOD" = trust ] || {
    echo 'Error: Database is uninitialized and superuser password is not specified.' >&2
    exit 1
  }
}

create_cluster() {
  auth='--auth=trust'
  if [ -n "$POSTGRES_PASSWORD" ]; then
    printf '%s\n' "$POSTGRES_PASSWORD" >/tmp/password
    chown postgres /tmp/password
    auth='--auth-host=scram-sha-256 --auth-local=trust --pwfile=/tmp/password'
  fi
  # shellcheck disable=SC2086 # lists of words
  as_postgres initdb -D "$PGDATA" -U "$POSTGRES_USER" -E UTF8 --locale=C $auth $POSTGRES_INITDB_ARGS >/dev/null
  rm -f /tmp/password
  echo "host all all all ${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}" >>"$PGDATA/pg_hba.conf"
  printf "listen_addresses='*'\njit=off\n" >>"$PGDATA/postgresql.conf"
}

run_init_scripts() {
  for script in /docker-entrypoint-initdb.d/*; do
    case $script in
      *.sh) . "$script" ;;
      *.sql) psql -q -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" -f "$script" ;;
    esac
  done
}

# Without TCP, so that a health check by address does not pass before the real start.
initialize() {
  require_password
  create_cluster
  as_postgres pg_ctl -D "$PGDATA" -w -o "-c listen_addresses=''" start >/dev/null
  [ "$POSTGRES_DB" = postgres ] || psql -q -U "$POSTGRES_USER" -d postgres -c "create database \"$POSTGRES_DB\""
  run_init_scripts
  as_postgres pg_ctl -D "$PGDATA" -m fast -w stop >/dev/null
  echo 'PostgreSQL init process complete; ready for start up.'
}

case ${1:-} in
  -*) set -- postgres "$@" ;;
esac
[ "$1" = postgres ] || exec "$@"
: "${PGDATA:=/var/lib/postgresql/data}" "${POSTGRES_USER:=postgres}"
: "${POSTGRES_DB:=$POSTGRES_USER}"
export PGDATA
mkdir -p "$PGDATA"
chown postgres:postgres "$PGDATA" /var/run/postgresql
chmod 700 "$PGDATA"
[ -s "$PGDATA/PG_VERSION" ] || initialize
exec su postgres -s /bin/sh -c 'exec "$0" "$@"' -- "$@"
