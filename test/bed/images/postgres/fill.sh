# shellcheck shell=bash
POSTGRES_VERSION=15 # bookworm's; Compose files ask for 16
POSTGRES_PROGRAMS=(postgres initdb pg_ctl psql pg_isready pg_dump pg_dumpall pg_restore pg_basebackup pg_amcheck createdb)

fill_postgres() {
  local root=$1 packages=$2 recipe=$3 home=usr/lib/postgresql/$POSTGRES_VERSION
  unpack_packages "$packages" "postgresql-$POSTGRES_VERSION" "postgresql-client-$POSTGRES_VERSION" tzdata
  mkdir -p "$root/$home/bin" "$root"/usr/share/postgresql "$root"/usr/lib/locale "$root"/docker-entrypoint-initdb.d
  cp -L "${POSTGRES_PROGRAMS[@]/#/$packages/$home/bin/}" "$root/$home/bin/"
  cp -a "$packages/$home/lib" "$root/$home/"
  rm -rf "$root/$home"/lib/{bitcode,pgxs,llvmjit*}
  cp -a "$packages/usr/share/postgresql/$POSTGRES_VERSION" "$root/usr/share/postgresql/"
  cp -a "$packages/usr/share/zoneinfo" "$root/usr/share/"
  copy_libraries "$packages" "$root" "$root/$home"/bin/* "$root/$home"/lib/*.so
  mkdir -p "$root"/var/{lib/postgresql/data,run/postgresql}
  chown 999:999 "$root"/var/{lib/postgresql,lib/postgresql/data,run/postgresql}
  install -m 755 "$recipe/docker-entrypoint.sh" "$root/usr/local/bin/"
}
