# For sourcing, from bench/: the pages to measure ($corpus), the folder of the results ($out), and Python's environments.
#   CORPUS=folder of pages (default ../shared/corpora/wcxb-dev/html)
cd "$(dirname "${BASH_SOURCE[0]}")/.."
corpus=${CORPUS:-../shared/corpora/wcxb-dev/html}
out=build/bench
mkdir -p "$out"
if [ ! -d "$corpus" ]; then
  echo "no pages at $corpus: measuring the sample pages, whose figures say little"
  corpus=examples/pages
fi

# environment NAME PIP_ARGUMENT...: $out/NAME/bin/python has these packages.
environment() {
  local name=$1
  shift
  [ -x "$out/$name/bin/python" ] && return
  python3 -m venv "$out/$name"
  "$out/$name/bin/pip" install -q "$@" || echo "peers could not be installed"
}
