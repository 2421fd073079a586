#!/bin/sh
# Blocks → labels → features → out-of-fold report and models → src/generated. From the root of the repository:
#   training/run.sh [WORK]        WORK (default build/training-data) keeps what lies between
# For evaluate/ and its test: PAGES=one page of so many, TREES=trees of every forest, EPOCHS=epochs of every net, EXPORT=no leaves src/generated alone.
# Twice, the same bytes come out. Needs: pip install -r training/requirements.txt; a built offprint-features.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
work=${1:-$root/build/training-data}
corpora=${OFFPRINT_CORPORA:-$root/../shared/corpora}
tool=${OFFPRINT_FEATURES:-$root/build/release/training/offprint-features}
python=${PYTHON:-python3}
mkdir -p "$work/features"
cd "$root/training"

pages=$(cd "$corpora" && ls wcxb-dev/html/*.html.gz trafilatura-dev/html/*.html.gz | awk "NR % ${PAGES:-1} == 0")
# shellcheck disable=SC2086
"$tool" blocks "$corpora" $pages > "$work/blocks.jsonl"
"$python" labels.py --blocks "$work/blocks.jsonl" --out "$work/targets.jsonl"
"$tool" matrix "$corpora" "$work/targets.jsonl" "$work/features"
"$tool" flat "$corpora" "$work/targets.jsonl" "$work/features"
"$tool" words "$corpora" "$work/targets.jsonl" "$work/features"
"$python" train.py --features "$work/features" --targets "$work/targets.jsonl" --blocks "$work/blocks.jsonl" \
  --out "$work/models" ${TREES:+--trees "$TREES"} ${EPOCHS:+--epochs "$EPOCHS"} > "$work/report.txt" || { cat "$work/report.txt"; exit 1; }
cat "$work/report.txt"
[ "${EXPORT:-yes}" = no ] || "$python" export.py --models "$work/models" --features "$work/features"
