# bed.sh: shared by every script of the test bed: one folder, one log, one way to exit. Sourced, never run.
# A script of the bed is quiet: its commands write to a log, and it prints one line, ready or FAILED.
# shellcheck shell=bash

BED_RUN=${PIKO_BED_RUN:-/var/lib/piko-bed} # programs, data, logs and locks of the bed; removing it removes the bed
BED_SCRIPT=
BED_STEP=
BED_READY=

[ -z "${PIKO_BED_SOCKET:-}" ] || export DOCKER_HOST=unix://$PIKO_BED_SOCKET

# bed_open SCRIPT: sends all output to the log; a second run of the same script waits for the first.
# Descriptors kept: 3 is the real stdout, 9 the lock. A daemon must be started with both closed.
bed_open() {
  BED_SCRIPT=$1
  mkdir -p "$BED_RUN" || {
    echo "$1: FAILED folder: $BED_RUN cannot be made"
    exit 1
  }
  exec 9>"$BED_RUN/$BED_SCRIPT.lock"
  flock 9
  exec 3>&1 >"$BED_RUN/$BED_SCRIPT.log" 2>&1
  trap 'bed_close $?' EXIT
}

# step NAME COMMAND…: runs the command and reports a failure under the name.
step() {
  BED_STEP=$1
  shift
  "$@"
}

fail() {
  echo "$1"
  exit 1
}

bed_ready() {
  BED_READY="$*"
}

bed_close() {
  local reason
  if [ "$1" = 0 ] && [ -n "$BED_READY" ]; then
    echo "$BED_SCRIPT: ready ($BED_READY, ${SECONDS}s)" >&3
    return
  fi
  reason=$(tail -n 2 "$BED_RUN/$BED_SCRIPT.log" | tr '\n' ' ')
  echo "$BED_SCRIPT: FAILED $BED_STEP: ${reason}(log: $BED_RUN/$BED_SCRIPT.log)" >&3
}

require_root() {
  [ "$(id -u)" = 0 ] || fail 'root is needed'
}

engine_answers() {
  docker info --format '{{.ID}}'
}

# The marker of an engine that engine.sh started. It holds the engine's ID, so that another engine on the same
# socket, now or later, is never mistaken for the bed's own.
bed_marker() {
  echo "$BED_RUN/engine-id"
}

engine_is_own() {
  [ -s "$(bed_marker)" ] && [ "$(docker info --format '{{.ID}}' 2>/dev/null)" = "$(cat "$(bed_marker)")" ]
}
