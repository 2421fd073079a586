#!/bin/sh
# Trains out of fold where that was not done yet, runs the program out of fold and the peers on the same pages, prints all
# figures and writes a page. From anywhere:
#   evaluate/run.sh [WORK]        WORK (default build/evaluate) keeps what lies between: the page is WORK/index.html
# DATA=what training/run.sh wrote (default build/training-data; training/run.sh runs where it is missing or of other features,
# and with RETRAIN=1), PEERS="names" (default all, "" for none), DOCS=1 renews the tables and plots of docs/.
# Needs: a built release preset; PYTHON with training/requirements.txt and evaluate/requirements.txt.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
work=${1:-$root/build/evaluate}
build=${BUILD:-$root/build/release}
data=${DATA:-$root/build/training-data}
shared=$root/../shared
corpora=${OFFPRINT_CORPORA:-$shared/corpora}
python=${PYTHON:-python3}
mkdir -p "$work/peers"
here=$root/evaluate

if [ "${RETRAIN:-}" = 1 ] || ! "$python" "$here/folds.py" --check --data "$data"; then
  EXPORT=no OFFPRINT_FEATURES=$build/training/offprint-features OFFPRINT_CORPORA=$corpora PYTHON=$python "$root/training/run.sh" "$data"
fi
"$python" "$here/folds.py" --data "$data" --build "$build" --corpora "$corpora" --work "$work"
# shellcheck disable=SC2086
[ -z "${PEERS-all}" ] || "$python" "$here/peers.py" --pages "$work/pages.txt" --corpora "$corpora" --cache "$work/peers" ${PEERS:-}
"$python" "$here/figures.py" --corpora "$corpora" --labels "$shared/roles/labels.jsonl" --work "$work" --data "$data" \
  --trained "Trained $(date -u -r "$data/models/fold4/content.json" '+%Y-%m-%d')." > "$work/report.txt"
cat "$work/report.txt"
"$python" "$here/page.py" --corpora "$corpora" --work "$work"
[ -z "${DOCS:-}" ] || "$python" "$here/docs.py" --work "$work"
