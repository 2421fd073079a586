#!/usr/bin/env bash
# wheel.sh: dist/*.whl for the Python in $PYTHON. The libraries that Debian brings (fmt, simdjson, oneTBB, the codecs, CLD2) are copied into
# it by auditwheel, so that it runs where only glibc and libstdc++ are. It is then installed into a bare environment and tried.
set -euo pipefail
cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-python3}
tools=build/wheel-tools
bash python/environment.sh "$tools" python/wheel-requirements.txt
rm -rf build/wheels && mkdir -p build/wheels dist
PATH="$PWD/$tools/bin:$PATH"
"$PYTHON" -m pip wheel -q --disable-pip-version-check --no-deps -w build/wheels .
"$tools/bin/auditwheel" repair -w build/wheels/repaired build/wheels/offprint-*.whl
cp build/wheels/repaired/*.whl dist/
bare=$(mktemp -d /tmp/offprint-wheel.XXXXXX)
trap 'rm -rf "$bare"' EXIT
"$PYTHON" -m venv "$bare"
"$bare/bin/pip" install -q --disable-pip-version-check --no-index build/wheels/repaired/*.whl
cp examples/pages/harbour-gazette.html "$bare/page.html"
(cd "$bare" && bin/offprint -f markdown page.html | grep -q '^# Ferry' && bin/python - <<'PY')
import offprint, pathlib, re, subprocess
page = offprint.parse(pathlib.Path("page.html").read_bytes())
assert page.title.startswith("Ferry") and offprint.extract(pathlib.Path("page.html").read_bytes())
assert len(list(offprint.documents("page.html"))) == 1
libraries = subprocess.run(["ldd", offprint._native.__file__], capture_output=True, text=True, check=True).stdout
outside = {name for name, path in re.findall(r"(\S+) => (\S+)", libraries) if "offprint" not in path}
assert {re.sub(r"\.so.*", "", name) for name in outside} <= {"libc", "libm", "libstdc++", "libgcc_s", "libpthread", "libdl", "librt"}, outside
PY
ls dist/*.whl
