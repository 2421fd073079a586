#!/usr/bin/env bash
# environment.sh FOLDER REQUIREMENTS: a virtual environment that has them, made anew where they have changed, and Python's headers.
# Fails where they are not to be had.
set -euo pipefail
python=${PYTHON:-python3}
header=$("$python" -c 'import sysconfig; print(sysconfig.get_path("include") + "/Python.h")')
[ -f "$header" ] || bash "$(dirname "$0")/../cmake/setup.sh" python3-dev
if ! cmp -s "$2" "$1/requirements.txt"; then
  "$python" -m venv --clear "$1"
  "$1/bin/python" -m pip install -q --disable-pip-version-check -r "$2"
  cp "$2" "$1/requirements.txt"
fi
