#!/usr/bin/env bash
# The tests under address + undefined behaviour sanitizers, then what uses threads under the thread sanitizer.
# Left out: what compiles or runs no code of ours (house, install, the browser), and pages of 50 MB, which take minutes
# here and show nothing that smaller ones do not.
set -euo pipefail
cd "$(dirname "$0")/.."
jobs=${JOBS:-$(nproc)}
export UBSAN_OPTIONS=print_stacktrace=1
# OFFPRINT_KILLS: how often the tests of resuming kill a run.
export OFFPRINT_KILLS=${OFFPRINT_KILLS:-3}

echo "address, undefined:"
cmake --preset asan >/dev/null
cmake --build --preset asan -j "$jobs"
ctest --test-dir build/asan -j "$jobs" --output-on-failure -E '^(house\.|install|reader_browser|BadInput\.FiftyMegabytes)'

echo "thread:"
cmake --preset tsan >/dev/null
cmake --build --preset tsan -j "$jobs" --target test_pipeline test_pages
ctest --test-dir build/tsan -j "$jobs" --output-on-failure -R '^(Pipeline|Resume|Same\.)'
