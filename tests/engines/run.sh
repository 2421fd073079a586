#!/usr/bin/env bash
# `make test-engines`: each engine run for real, on WARC files made of the corpora, or of the sample pages where those are missing.
# NeMo Curator is installed without what it needs for models (torch, transformers, openai): its text stages run without them.
set -euo pipefail
cd "$(dirname "$0")/../.."
bash cmake/setup.sh openjdk-17-jre-headless libmagic1
bash python/environment.sh build/python tests/python/requirements.txt
cmake --preset release -DOFFPRINT_PYTHON=ON -DPython_EXECUTABLE="$PWD/build/python/bin/python" >/dev/null
cmake --build --preset release -j "${JOBS:-$(nproc)}" --target offprint_python
bash python/environment.sh build/engines tests/engines/requirements.txt
build/engines/bin/python -c 'import nemo_curator' 2>/dev/null ||
  build/engines/bin/python -m pip install -q --disable-pip-version-check --no-deps nemo-curator==1.4.0 cosmos-xenna==0.2.0
export PYTHONPATH="$PWD/build/release/python" PYTHONDONTWRITEBYTECODE=1
exec build/engines/bin/python -m pytest -q -rs -p no:cacheprovider tests/engines "$@"
