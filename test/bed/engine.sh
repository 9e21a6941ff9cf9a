#!/bin/bash
# engine.sh: installs and starts a Docker engine with Compose and buildx on a bare Debian machine, from Debian's mirror.
# A running engine is left alone. Last line: "engine: ready …" or "engine: FAILED <step>: <reason>".
#   PIKO_BED_RUN     the folder for programs, data and logs (/var/lib/piko-bed)
#   PIKO_BED_SOCKET  where the engine listens (/var/run/docker.sock)
#   PIKO_BED_ARGS    further arguments of dockerd
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=bed.sh
source "$here/bed.sh"
# shellcheck source-path=SCRIPTDIR source=debian.sh
source "$here/debian.sh"

PROGRAMS=$BED_RUN/programs
SOCKET=${PIKO_BED_SOCKET:-/var/run/docker.sock}
EXEC_ROOT=$BED_RUN/exec
PIDFILE=$BED_RUN/dockerd.pid

has_engine_programs() {
  command -v dockerd && command -v docker
}

has_compose() {
  docker compose version
}

# runc must be the machine's own: a newer suite's needs a newer libc.
install_engine() {
  install_missing iptables runc ca-certificates debian-archive-keyring
  unpack_newer "$PROGRAMS" docker.io docker-cli containerd tini-static docker-compose docker-buildx
}

link_engine() {
  local program
  for program in usr/bin/docker usr/bin/containerd usr/bin/containerd-shim-runc-v2 usr/bin/ctr \
    usr/sbin/dockerd usr/sbin/docker-proxy; do
    ln -sfn "$PROGRAMS/$program" "/usr/local/bin/${program##*/}"
  done
  ln -sfn "$PROGRAMS/usr/bin/tini-static" /usr/local/bin/docker-init
}

link_plugins() {
  local plugin
  mkdir -p /usr/local/lib/docker/cli-plugins
  for plugin in docker-compose docker-buildx; do
    ln -sfn "$PROGRAMS/usr/libexec/docker/cli-plugins/$plugin" "/usr/local/lib/docker/cli-plugins/$plugin"
  done
}

# No service manager is assumed, so this has not been done yet.
ready_kernel() {
  echo 1 >/proc/sys/net/ipv4/ip_forward || true
  mountpoint -q /sys/fs/cgroup || mount -t cgroup2 none /sys/fs/cgroup
}

# dockerd refuses to start if another process or a zombie now has the pid in its pidfile.
remove_stale_pidfile() {
  local file=$1 program=$2 pid
  pid=$(cat "$file" 2>/dev/null) || return 0
  if grep -qs '^State:.Z' "/proc/$pid/status" || ! grep -qs "$program" "/proc/$pid/cmdline"; then
    rm -f "$file"
  fi
}

launch_dockerd() {
  # shellcheck disable=SC2086 # PIKO_BED_ARGS is a list of words
  PATH=/usr/local/bin:$PATH setsid nohup dockerd --host "unix://$SOCKET" --data-root "$BED_RUN/data" \
    --exec-root "$EXEC_ROOT" --pidfile "$PIDFILE" ${PIKO_BED_ARGS:-} \
    >"$BED_RUN/dockerd.log" 2>&1 </dev/null 3>&- 9>&- &
}

await_engine() {
  local pid=$1 tries=300
  until engine_answers; do
    kill -0 "$pid" 2>/dev/null || fail "dockerd ended: $(tail -n 2 "$BED_RUN/dockerd.log")"
    ((tries -= 1)) || fail "no answer in 30 s: $(tail -n 2 "$BED_RUN/dockerd.log")"
    sleep 0.1
  done 2>/dev/null
}

# A second dockerd on a socket would take it from the first.
require_free_socket() {
  ! engine_answers || fail "an engine answers on $SOCKET, but not where DOCKER_HOST or the Docker context points"
}

start_engine() {
  export DOCKER_HOST=unix://$SOCKET
  require_free_socket
  remove_stale_pidfile "$PIDFILE" dockerd
  remove_stale_pidfile "$EXEC_ROOT/containerd/containerd.pid" containerd
  launch_dockerd
  await_engine $!
  docker info --format '{{.ID}}' >"$(bed_marker)"
}

# Installs only what is missing, so that the machine's own programs are not replaced.
complete_programs() {
  if ! engine_answers && ! has_engine_programs; then
    step install install_engine
    step link-engine link_engine
  fi
  if ! has_compose; then
    step install install_engine
    step link-plugins link_plugins
  fi
}

report_versions() {
  local engine compose
  engine=$(docker version --format '{{.Server.Version}}')
  compose=$(docker compose version --short)
  bed_ready "Docker $engine, Compose $compose"
}

bed_open engine
if ! engine_answers || ! has_compose; then
  step root require_root
  complete_programs
fi
if ! engine_answers; then
  step kernel ready_kernel
  step dockerd start_engine
fi
step versions report_versions
