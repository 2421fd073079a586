# The commands of the README. Each does its own set-up on a fresh Debian 12.
JOBS ?= $(shell nproc)

.PHONY: setup build run test bench train format clean

setup:
	@bash cmake/setup.sh

build: setup
	@cmake --preset release >/dev/null && cmake --build --preset release -j $(JOBS)

# The article of a sample capture that the repository ships.
run: build
	@bash examples/run.sh

test: build
	@ctest --test-dir build/release --output-on-failure -j $(JOBS)

bench: build
	@bash bench/run.sh

# Blocks, labels, features, out-of-fold report, models: rewrites src/generated (about a quarter of an hour on two cores).
train: build
	@test -x build/training/bin/python || (python3 -m venv build/training && build/training/bin/pip install -q -r training/requirements.txt)
	@PYTHON=$(CURDIR)/build/training/bin/python training/run.sh

format:
	@git ls-files '*.cpp' '*.h' | grep -v '^src/generated/' | xargs clang-format-16 -i

clean:
	@rm -rf build
