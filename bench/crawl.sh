#!/usr/bin/env bash
# `make bench-crawl`: see crawl.py. CORPUS=folder of pages, LONG=packed bytes of the long crawl (0: none; it lies in /tmp meanwhile).
set -euo pipefail
source "$(dirname "$0")/corpus.sh"
environment crawl-venv -r bench/crawl-requirements.txt
work=$(mktemp -d /tmp/offprint-crawl.XXXXXX)
trap 'rm -rf "$work"' EXIT
"$out/crawl-venv/bin/python" bench/crawl.py "${OFFPRINT:-build/release/offprint}" "$corpus" "$work" "${LONG:-2000000000}" | tee "$out/crawl.md"
