#!/bin/sh
# run.sh BUILD WORK
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=$1 work=$2
python=${PYTHON:-$root/build/training/bin/python}
[ -d "$root/../shared/corpora/wcxb-dev" ] || { echo "no corpora in ../shared"; exit 77; }
"$python" -c 'import catboost, numpy, torch' 2>/dev/null || { echo "no Python with catboost and torch in build/training: make evaluate makes one"; exit 77; }
[ -x "$build/training/offprint-features" ] && [ -x "$build/evaluate/offprint-probe" ] || { echo "the tools are not built"; exit 77; }
peers=$("$python" -c 'import resiliparse' 2>/dev/null && echo resiliparse || true)

rm -rf "$work"
BUILD=$build DATA=$work/data PAGES=60 TREES=3 EPOCHS=1 PEERS=$peers PYTHON=$python "$root/evaluate/run.sh" "$work" > "$work.log" 2>&1 || { cat "$work.log"; exit 1; }
"$python" "$root/tests/evaluate/check.py" "$work" "$build" "$peers"
