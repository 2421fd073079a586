#!/usr/bin/env bash
# `make bench`: offprint and its peers on the same pages in one run, as a table with ratios; also build/bench/table.md.
#   CORPUS=folder of pages, LOOPS=3
set -euo pipefail
source "$(dirname "$0")/corpus.sh"
build=build/release
environment venv selectolax resiliparse trafilatura
"$build/bench/bench_corpus" "$corpus" "${LOOPS:-3}" > "$out/ours.txt"
"$out/venv/bin/python" bench/peers.py "$corpus" > "$out/peers.txt" || true
if [ -f /usr/include/gumbo.h ]; then
  cc -O2 -o "$out/gumbo" bench/gumbo.c -lgumbo -lz && "$out/gumbo" "$corpus" >> "$out/peers.txt" || true
fi
python3 bench/table.py "$out/ours.txt" "$out/peers.txt" | tee "$out/table.md"
