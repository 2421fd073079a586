#!/usr/bin/env bash
# `make bench-engines`: see engines.py. CORPUS=folder of pages, PAGES=how many of them. Needs what make test-engines made.
set -euo pipefail
source "$(dirname "$0")/corpus.sh"
work=$(mktemp -d /tmp/offprint-engines.XXXXXX)
trap 'rm -rf "$work"' EXIT
[ -x build/engines/bin/python ] || { echo "run make test-engines first" >&2; exit 2; }
PYTHONPATH="$PWD/build/release/python" build/engines/bin/python bench/engines.py "$corpus" "$work" "${PAGES:-1245}" | tee "$out/engines.md"
