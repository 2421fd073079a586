#!/usr/bin/env bash
# Runs the fuzz targets one after another, each for FUZZ_SECONDS (60), and prints a line each. Inputs that were worth keeping
# lie in build/fuzz/corpus and serve the next run; what fails, in build/fuzz/found. Exit status 1 where something was found.
# libFuzzer's clock is the wall's: what was slow because the machine was busy lies there too and does not count.
#   fuzz/run.sh [TARGET...]
set -euo pipefail
cd "$(dirname "$0")/.."
build=${FUZZ_BUILD:-build/fuzz}
seconds=${FUZZ_SECONDS:-60}
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(encoding tree flat extract sources options)

python3 fuzz/seeds.py "$build/seeds"
mkdir -p "$build/found" "$build/logs"
export UBSAN_OPTIONS=print_stacktrace=1 ASAN_OPTIONS=allocator_may_return_null=1
declare -A most=([encoding]=2048 [tree]=4096 [flat]=8192 [extract]=8192 [sources]=8192 [options]=512)
printf '%-10s %10s %12s %8s %8s %8s %6s\n' target 'CPU s' executions edges features inputs found
status=0
for target in "${targets[@]}"; do
  corpus=$build/corpus/$target
  mkdir -p "$corpus"
  dictionary=fuzz/html.dict
  [ -f "fuzz/$target.dict" ] && dictionary=fuzz/$target.dict
  log=$build/logs/$target-$(date +%Y%m%d-%H%M%S).log
  found_so_far() { find "$build/found" -name "$target-*" ! -name '*-slow-unit-*' | wc -l; }
  before=$(found_so_far)
  TIMEFORMAT='%U %S'
  cpu=$({ time "$build/fuzz/fuzz_$target" "$corpus" "$build/seeds/$target" -max_total_time="$seconds" -dict="$dictionary" \
    -max_len="${most[$target]}" -timeout=25 -rss_limit_mb=3000 -artifact_prefix="$build/found/$target-" \
    -print_final_stats=1 >"$log" 2>&1 || true; } 2>&1 | tail -1)
  found=$(($(found_so_far) - before))
  [ "$found" -eq 0 ] || status=1
  last=$(grep -E '^#[0-9]+' "$log" | grep cov: | tail -1 || true)
  field() { sed -nE "s/.* $1: ([0-9]+).*/\1/p" <<<"$last"; }
  printf '%-10s %10.0f %12s %8s %8s %8s %6s\n' "$target" "$(awk '{print $1 + $2}' <<<"$cpu")" \
    "$(sed -nE 's/^stat::number_of_executed_units: *//p' "$log")" "$(field cov)" "$(field ft)" \
    "$(sed -nE 's/.* corp: ([0-9]+).*/\1/p' <<<"$last")" "$found"
done
exit $status
