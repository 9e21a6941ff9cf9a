# shellcheck shell=bash
fill_busybox() {
  : # the root is busybox already
}
