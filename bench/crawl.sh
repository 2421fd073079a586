#!/usr/bin/env bash
# `make bench-crawl`: see crawl.py. CORPUS=folder of pages, LONG=packed bytes of the long crawl (0: none; it lies in /tmp meanwhile).
set -euo pipefail
cd "$(dirname "$0")/.."
corpus=${CORPUS:-../shared/corpora/wcxb-dev/html}
out=build/bench
mkdir -p "$out"
if [ ! -d "$corpus" ]; then
  echo "no pages at $corpus: measuring the sample pages, whose figures say little"
  corpus=examples/pages
fi
if [ ! -x "$out/crawl-venv/bin/python" ]; then
  python3 -m venv "$out/crawl-venv"
  "$out/crawl-venv/bin/pip" install -q -r bench/crawl-requirements.txt
fi
work=$(mktemp -d /tmp/offprint-crawl.XXXXXX)
trap 'rm -rf "$work"' EXIT
"$out/crawl-venv/bin/python" bench/crawl.py "${OFFPRINT:-build/release/offprint}" "$corpus" "$work" "${LONG:-2000000000}" | tee "$out/crawl.md"
