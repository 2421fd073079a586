# The commands of the README. Each does its own set-up on a fresh Debian 12.
JOBS ?= $(shell nproc)

.PHONY: setup build run test test-sanitizers bench evaluate train format fuzz clean

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

format:
	@git ls-files '*.cpp' '*.h' | grep -v '^src/generated/' | xargs clang-format-16 -i

clean:
	@rm -rf build
