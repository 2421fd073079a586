#!/usr/bin/env bash
# Installs the Debian packages that are missing, and those named as arguments; quiet where nothing is.
#   setup.sh --optional COMMAND...  installs the packages of that name whose commands are missing, and goes on without them
#                                   where they cannot be had (the tests that need them are skipped by name).
set -euo pipefail
if [ "${1:-}" = --optional ]; then
  shift
  for command in "$@"; do
    if command -v "$command" >/dev/null || command -v "${command%js}" >/dev/null; then continue; fi
    echo "installing: $command" >&2
    sudo=
    [ "$(id -u)" -eq 0 ] || sudo=sudo
    $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "$command" >/dev/null ||
      echo "$command could not be installed; what needs it is skipped" >&2
  done
  exit 0
fi
packages=(build-essential cmake ninja-build pkg-config ccache libicu-dev libtbb-dev libsimdjson-dev libfmt-dev libcli11-dev
  libgtest-dev libgmock-dev libbenchmark-dev libdeflate-dev libisal-dev libzstd-dev libbrotli-dev liblz4-dev zlib1g-dev libcld2-dev
  libxxhash-dev libflatbuffers-dev libsnappy-dev libssl-dev
  python3 python3-venv "$@")
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  echo "installing: ${missing[*]}" >&2
  sudo=
  [ "$(id -u)" -eq 0 ] || sudo=sudo
  $sudo apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
