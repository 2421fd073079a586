#!/usr/bin/env bash
# The tests of all rooms under address + undefined behaviour sanitizers, then what uses threads under the thread sanitizer:
# tests/sanitizers.sh [asan|tsan]. Part of CI, so it is kept short: test programs are run as a whole instead of a process
# a test, and left out is what compiles or runs no code of ours (house, install, the browser, tables), what measures time,
# which says nothing here, and pages of 50 MB, which take minutes and show nothing that smaller ones do not.
set -euo pipefail
cd "$(dirname "$0")/.."
jobs=${JOBS:-$(nproc)}
export UBSAN_OPTIONS=print_stacktrace=1 TSAN_OPTIONS="halt_on_error=1 suppressions=$PWD/tests/tsan.supp"
# How often the tests of resuming kill a run.
export OFFPRINT_KILLS=${OFFPRINT_KILLS:-1}

# A line of standard input is a command; each runs with the others, and is shown where it fails.
run_all() {
  xargs -P "$jobs" -d '\n' -I{} bash -c '
    log=$(mktemp); start=$SECONDS
    if {} >"$log" 2>&1; then echo "ok  $((SECONDS - start)) s  {}"
    else echo "FAILED  {}"; tail -n 200 "$log"; rm -f "$log"; exit 1; fi
    rm -f "$log"'
}

asan() {
  echo "address, undefined:"
  cmake --preset asan >/dev/null
  cmake --build --preset asan -j "$jobs" --target offprint_program test_base test_encoding test_tokens test_tree test_blocks \
    test_roles test_document test_formats test_sources test_pipeline test_cli test_reader test_pages test_hostile replay \
    | tail -n 1
  # Whole crawls again and again: one kind of output is killed, and `make test` does all.
  local long="Resume.KilledJsonLines:Resume.KilledGzip:Resume.KilledParquet:Resume.KilledArrow:Resume.FullDiskAnywhere"
  long+=":Resume.FullFileSystem:Resume.DamagedJournalOrPart:*.SameBytesWithAnyThreads:Hashes.Speed"
  local untimed="*CostsLinearTime*:*TimeIsLinear*:*CostLittle*:BadInput.FiftyMegabytes*"
  (
    cd build/asan/tests
    echo "./pipeline/test_pipeline --gtest_filter=-$long"
    for test in pages/test_pages test_encoding sources/test_sources cli/test_cli reader/test_reader test_tree test_tokens \
      test_document test_blocks test_roles test_formats test_base; do
      echo "./$test --gtest_filter=-$untimed"
    done
    echo "./hostile/test_hostile --gtest_filter=*GivesASoundDocument*:Found.*"
    for target in ../../../tests/found/*/; do
      echo "./found/replay $(basename "$target") $(realpath "$target")"
    done
  ) | (cd build/asan/tests && run_all)
}

tsan() {
  echo "thread:"
  cmake --preset tsan >/dev/null
  cmake --build --preset tsan -j "$jobs" --target test_pipeline test_pages | tail -n 1
  printf '%s\n' "./pages/test_pages --gtest_filter=Same.*" \
    "./pipeline/test_pipeline --gtest_filter=Pipeline.Shards*:Table.Parquet*:Marks.*" | (cd build/tsan/tests && run_all)
}

for part in ${1:-asan tsan}; do $part; done
