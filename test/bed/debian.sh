# debian.sh: packages of the machine's own Debian release, and of a newer one. Sourced, never run.
# The mirror comes from the machine's apt sources: no host is hard-coded here.
# shellcheck shell=bash

export DEBIAN_FRONTEND=noninteractive
# Newer suites in the order they are tried. Forky has Docker 28 and Compose 2.40, trixie 26 and 2.26.
BED_SUITES=${PIKO_BED_SUITES:-forky trixie}
KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

debian_mirror() {
  cat /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null | awk '
    /^URIs:/ { for (i = 2; i <= NF; i++) if ($i ~ /\/debian\/?$/) { print $i; exit } }
    /^deb /  { for (i = 2; i <= NF; i++) if ($i ~ /\/debian\/?$/) { print $i; exit } }'
}

is_installed() {
  dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'ok installed'
}

# Runs apt-get, and retries with fresh lists: the machine's lists may be missing or outdated.
apt_with_fresh_lists() {
  apt-get -qq -y --no-install-recommends "$@" && return
  apt-get -qq update || true # a third source that is down must not stop us
  apt-get -qq -y --no-install-recommends "$@"
}

# install_missing PACKAGE…: installs only missing packages.
install_missing() {
  local package missing=()
  for package in "$@"; do
    is_installed "$package" || missing+=("$package")
  done
  [ ${#missing[@]} = 0 ] || apt_with_fresh_lists -o Dpkg::Options::=--force-confold install "${missing[@]}"
}

# unpack_newer FOLDER PACKAGE…: unpacks packages of a newer suite into a folder; dpkg's database and /etc/apt stay
# as they are, signatures and hashes are checked by apt.
unpack_newer() {
  local folder=$1 suite
  shift
  [ ! -e "$folder/.complete" ] || return 0
  for suite in $BED_SUITES; do
    rm -rf "$folder"
    mkdir -p "$folder"
    fetch_suite "$suite" "$folder" "$@" && touch "$folder/.complete" && return
  done
  fail "none of the suites '$BED_SUITES' gave $*"
}

fetch_suite() (
  suite=$1 folder=$2
  shift 2
  lists=$BED_RUN/apt/$suite
  mkdir -p "$lists/partial" "$folder/debs"
  exec 8>"$lists.lock"
  flock 8 # engine.sh and images.sh share the lists, and apt would give up on a locked folder
  mirror=$(debian_mirror)
  [ -n "$mirror" ] || fail 'no Debian mirror in the apt sources'
  echo "deb [signed-by=$KEYRING] $mirror $suite main" >"$lists.list"
  # Check-Valid-Until: a mirror may be a snapshot, whose index has expired.
  options=(-o "Dir::Etc::sourcelist=$lists.list" -o Dir::Etc::sourceparts=- -o "Dir::State::Lists=$lists"
    -o APT::Sandbox::User=root -o Acquire::Languages=none -o Acquire::Check-Valid-Until=false)
  apt-get -qq "${options[@]}" update &&
    cd "$folder/debs" &&
    apt-get -qq "${options[@]}" download "${@/%//$suite}" &&
    unpack_debs "$folder" "$folder"/debs/*.deb &&
    rm -rf "$folder/debs"
)

unpack_debs() {
  local folder=$1 deb
  shift
  for deb in "$@"; do
    dpkg-deb -x "$deb" "$folder" || return
  done
}
