#!/usr/bin/env bash
# tables.sh PYTHON VENV OFFPRINT PAGES: runs tables.py with what it needs; made once.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
if ! cmp -s "$here/requirements.txt" "$2/requirements.txt"; then
  "$1" -m venv "$2"
  "$2/bin/pip" install -q --disable-pip-version-check -r "$here/requirements.txt" || { echo "not to be had: requirements.txt"; exit 77; }
  cp "$here/requirements.txt" "$2/"
fi
exec "$2/bin/python" "$here/tables.py" "$3" "$4"
