# The commands of the README. Each does its own set-up on a fresh Debian 12.
JOBS ?= $(shell nproc)

.PHONY: setup build run test test-sanitizers test-faults bench bench-crawl train evaluate fuzz format clean

setup:
	@bash cmake/setup.sh

build: setup
	@cmake --preset release >/dev/null && cmake --build --preset release -j $(JOBS)

# The article of a sample capture that the repository ships.
run: build
	@bash examples/run.sh

test: build
	@ctest --test-dir build/release --output-on-failure -j $(JOBS)

# The same under the sanitizers: see tests/sanitizers.sh.
test-sanitizers: setup
	@JOBS=$(JOBS) bash tests/sanitizers.sh

# The long form of the fault tests, some minutes: 50 kills for each kind of output, disks that fill up anywhere, every byte damaged.
test-faults: build
	@OFFPRINT_KILLS=50 ctest --test-dir build/release --output-on-failure -R '^(Resume|Damage|Parquet)[.]'

bench: build
	@bash bench/run.sh

# A crawl, against FastWARC + Resiliparse; CORPUS=folder of pages, LONG=bytes of the long one.
bench-crawl: build
	@bash bench/crawl.sh

# Blocks, labels, features, out-of-fold report, models: rewrites src/generated (about a quarter of an hour on two cores).
train: build
	@test -x build/training/bin/python || (python3 -m venv build/training && build/training/bin/pip install -q -r training/requirements.txt)
	@PYTHON=$(CURDIR)/build/training/bin/python training/run.sh

# The program out of fold beside its peers: all figures, and a page build/evaluate/index.html (docs/evaluation.md). Trains where that was not
# done yet; RETRAIN=1, PEERS="...", DOCS=1: see evaluate/run.sh.
evaluate: build
	@test -x build/training/bin/python || (python3 -m venv build/training && build/training/bin/pip install -q -U pip)
	@build/training/bin/pip install -q -r training/requirements.txt -r evaluate/requirements.txt
	@PYTHON=$(CURDIR)/build/training/bin/python evaluate/run.sh

# libFuzzer, with Clang 16: a minute for each target, or FUZZ_SECONDS=...
fuzz:
	@bash cmake/setup.sh clang-16 libclang-rt-16-dev
	@cmake --preset fuzz >/dev/null && cmake --build --preset fuzz -j $(JOBS) --target fuzz_encoding fuzz_tree fuzz_flat fuzz_extract fuzz_sources
	@bash fuzz/run.sh

format:
	@git ls-files '*.cpp' '*.h' | grep -v '^src/generated/' | xargs clang-format-16 -i

clean:
	@rm -rf build
