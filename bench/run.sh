#!/usr/bin/env bash
# `make bench`: offprint and its peers on the same pages in one run, as tables with ratios; also build/bench/table.md, which
# docs/speed.md quotes.
#   CORPUS=folder of pages, LOOPS=3, GROWTH=100000 (pages in a loop, for growth of memory; 0: not measured)
set -euo pipefail
source "$(dirname "$0")/corpus.sh"
build=build/release
environment venv selectolax resiliparse trafilatura lxml_html_clean  # of lxml, which trafilatura needs
"$build/bench/bench_corpus" "$corpus" "${LOOPS:-3}" "${GROWTH:-100000}" > "$out/ours.txt"
"$out/venv/bin/python" bench/peers.py "$corpus" > "$out/peers.txt" || true
if [ -f /usr/include/gumbo.h ]; then
  cc -O2 -o "$out/gumbo" bench/gumbo.c -lgumbo -lz && "$out/gumbo" "$corpus" >> "$out/peers.txt" || true
fi
"$build/bench/bench_stages" "$corpus" 5 2 > "$out/stages.md"
"$build/bench/bench_parts" "$corpus" --benchmark_format=json > "$out/parts.json" 2>/dev/null
python3 bench/table.py "$out/ours.txt" "$out/peers.txt" "$out/stages.md" "$out/parts.json" | tee "$out/table.md"

# Hostile pages: time of 1 MB, growth to 4 MB, memory; '!' where it is over the limits of docs/hardness.md.
"$build/bench/bench_hostile" | tee "$out/hostile.txt"
