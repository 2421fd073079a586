#!/usr/bin/env bash
# `make test-free-threaded`: tests/python without Python's lock. No registry has such a CPython for Debian 12, but Debian 13 has the source of
# one: apt fetches it by a list of its own, so that the machine's lists stay as they are, and it is built once, into build/free-threaded.
set -euo pipefail
cd "$(dirname "$0")/../.."
home=$PWD/build/free-threaded
python=$home/bin/python3.13t
if [ ! -x "$python" ]; then
  bash cmake/setup.sh libssl-dev libffi-dev libbz2-dev liblzma-dev
  work=$home/work
  rm -rf "$work" && mkdir -p "$work"/{lists,cache,source,build}
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Component: main' | grep '/debian/$' | head -1)
  echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" > "$work/sources.list"
  options=(-qq -o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=/dev/null -o "Dir::State::lists=$work/lists"
    -o "Dir::Cache=$work/cache" -o APT::Sandbox::User=root)
  apt-get "${options[@]}" update
  (cd "$work/source" && apt-get "${options[@]}" source --download-only python3.13 && tar xf python3.13_*.orig.tar.xz --strip-components=1)
  (cd "$work/build" && ../source/configure -q --disable-gil --disable-test-modules --prefix="$home" && make -s -j "${JOBS:-$(nproc)}" && make -s install) \
    > "$home/build.log" 2>&1 || { tail "$home/build.log"; exit 1; }
  rm -rf "$work"
fi
PYTHON=$python bash python/environment.sh "$home/venv" tests/python/free-threaded.txt
# CMake 3.25 does not know where such a Python has its headers.
cmake -S . -B "$home/offprint" -G Ninja -DCMAKE_BUILD_TYPE=Release -DOFFPRINT_TESTS=OFF -DOFFPRINT_BENCH=OFF -DOFFPRINT_PYTHON=ON \
  -DPython_EXECUTABLE="$home/venv/bin/python" -DPython_INCLUDE_DIR="$home/include/python3.13t" >/dev/null
cmake --build "$home/offprint" -j "${JOBS:-$(nproc)}" --target offprint_python
# PYTHON_GIL=0: a package that does not say that it can do without the lock would bring it back for all.
PYTHON_GIL=0 PYTHONPATH="$home/offprint/python" PYTHONDONTWRITEBYTECODE=1 exec "$home/venv/bin/python" -m pytest -q -rs -p no:cacheprovider tests/python "$@"
