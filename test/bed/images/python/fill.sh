# shellcheck shell=bash
PYTHON_VERSION=3.11 # bookworm's; Compose files ask for 3.12

fill_python() {
  local root=$1 packages=$2 library=usr/lib/python$PYTHON_VERSION name
  unpack_packages "$packages" "python$PYTHON_VERSION" "python$PYTHON_VERSION-minimal" "python$PYTHON_VERSION-venv" \
    python3-distutils python3-pip python3-pip-whl python3-setuptools-whl tzdata
  cp -L "$packages/usr/bin/python$PYTHON_VERSION" "$root/usr/local/bin/"
  for name in python3 python; do
    ln -s "python$PYTHON_VERSION" "$root/usr/local/bin/$name"
  done
  mkdir -p "$root"/usr/{lib,share} "$root/usr/local/lib/python$PYTHON_VERSION/dist-packages"
  cp -a "$packages/$library" "$packages/usr/lib/python3" "$root/usr/lib/"
  cp -a "$packages"/usr/share/{python-wheels,zoneinfo} "$root/usr/share/"
  rm -f "$root/$library/EXTERNALLY-MANAGED" # the real image lets pip install
  printf '#!/bin/sh\nexec python3 -m pip "$@"\n' >"$root/usr/local/bin/pip"
  chmod 755 "$root/usr/local/bin/pip"
  copy_libraries "$packages" "$root" "$root/usr/local/bin/python$PYTHON_VERSION" "$root/$library"/lib-dynload/*.so
}
