#!/usr/bin/env bash
# `make bench`: offprint and its peers on the same pages in one run, as a table with ratios; also build/bench/table.md.
#   CORPUS=folder of pages (default ../shared/corpora/wcxb-dev/html), LOOPS=3
set -euo pipefail
cd "$(dirname "$0")/.."
corpus=${CORPUS:-../shared/corpora/wcxb-dev/html}
build=build/release
out=build/bench
mkdir -p "$out"
if [ ! -d "$corpus" ]; then
  echo "no pages at $corpus: measuring the sample pages, whose figures say little"
  corpus=examples/pages
fi
if [ ! -x "$out/venv/bin/python" ]; then
  python3 -m venv "$out/venv"
  "$out/venv/bin/pip" install -q selectolax resiliparse trafilatura || echo "peers could not be installed"
fi
"$build/bench/bench_corpus" "$corpus" "${LOOPS:-3}" > "$out/ours.txt"
"$out/venv/bin/python" bench/peers.py "$corpus" > "$out/peers.txt" || true
if [ -f /usr/include/gumbo.h ]; then
  cc -O2 -o "$out/gumbo" bench/gumbo.c -lgumbo -lz && "$out/gumbo" "$corpus" >> "$out/peers.txt" || true
fi
python3 bench/table.py "$out/ours.txt" "$out/peers.txt" | tee "$out/table.md"
