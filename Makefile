# The commands of the README. Each does its own set-up on a fresh Debian 12.
JOBS ?= $(shell nproc)

.PHONY: setup build run test test-sanitizers test-faults test-engines test-free-threaded wheel bench bench-crawl bench-engines train evaluate fuzz format clean

setup:
	@bash cmake/setup.sh

build: setup
	@cmake --preset release >/dev/null && cmake --build --preset release -j $(JOBS)

# The article of a sample capture that the repository ships.
run: build
	@bash examples/run.sh

test: setup
	@if bash python/environment.sh build/python tests/python/requirements.txt; then python=ON; \
	  else echo "no Python packages to be had: the tests of the Python package are skipped" >&2; python=OFF; fi; \
	cmake --preset release -DOFFPRINT_PYTHON=$$python -DPython_EXECUTABLE=$(CURDIR)/build/python/bin/python >/dev/null
	@cmake --build --preset release -j $(JOBS)
	@bash cmake/setup.sh --optional chromium nodejs npm
	@ctest --test-dir build/release --output-on-failure -j $(JOBS)

# The same under the sanitizers: see tests/sanitizers.sh.
test-sanitizers: setup
	@JOBS=$(JOBS) bash tests/sanitizers.sh

# The long form of the fault tests, four minutes of CPU time: 50 kills for each kind of output, disks that fill up anywhere, every byte damaged.
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
	@cmake --preset fuzz >/dev/null && cmake --build --preset fuzz -j $(JOBS) --target fuzz_encoding fuzz_tree fuzz_flat fuzz_extract fuzz_sources fuzz_options
	@bash fuzz/run.sh

# A wheel of the Python package for $PYTHON (python3), in dist/, that needs nothing of Debian; tried in a bare environment.
wheel: setup
	@bash python/wheel.sh

# The engines, each run for real: datatrove, NeMo Curator, Ray Data, Spark. Needs PyPI; some minutes.
test-engines: setup
	@bash tests/engines/run.sh

# The Python package without Python's lock, on a CPython 3.13t built here from Debian's source of it; some ten minutes of CPU time at first.
test-free-threaded: setup
	@JOBS=$(JOBS) bash tests/python/free_threaded.sh

# datatrove with offprint against datatrove with trafilatura; PAGES=how many of the corpus.
bench-engines: setup
	@bash bench/engines.sh

format:
	@git ls-files '*.cpp' '*.h' | grep -v '^src/generated/' | xargs clang-format-16 -i

clean:
	@rm -rf build
