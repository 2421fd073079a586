#!/bin/sh
# run.sh READER_PAGES WORK BUILD: makes the fixture pages and drives them in Chromium. Exit 77: skipped.
# Packages are installed beside the build, from the lock file, never into the source tree.
set -eu
pages=$(realpath "$1") work=$2 build=$(realpath "$3")
here=$(cd "$(dirname "$0")" && pwd)
for tool in node npm; do
  command -v "$tool" > /dev/null || { echo "skipped: no $tool"; exit 77; }
done
chromium=${OFFPRINT_CHROMIUM:-/usr/bin/chromium}
[ -x "$chromium" ] || { echo "skipped: no $chromium"; exit 77; }

mkdir -p "$work/pages"
cp "$here/package.json" "$here/package-lock.json" "$here/reader.test.mjs" "$work/"
cd "$work"
if ! cmp -s package-lock.json node_modules/.made-of; then
  npm ci --no-audit --no-fund --ignore-scripts > npm.log 2>&1 ||
    { cat npm.log; echo "skipped: the packages could not be installed"; exit 77; }
  cp package-lock.json node_modules/.made-of
fi
"$pages" "$work/pages"

# The real thing as well, where the program is built: sample pages, the capture of the project, and pages of the corpora,
# among them one from right to left, one of 2,641 blocks, and some with requests for support.
offprint=$(find "$build" -maxdepth 2 -type f -name offprint -perm -u+x 2> /dev/null | head -n 1)
top=$here/../../..
corpora=$top/../shared/corpora
if [ -n "$offprint" ]; then
  for page in "$top"/examples/pages/harbour-gazette.html "$top"/examples/pages/russian-appeal.txt \
              "$top"/../shared/captures/moscow-times-article.txt \
              "$corpora"/trafilatura-dev/html/0102.html.gz "$corpora"/trafilatura-dev/html/0247.html.gz \
              "$corpora"/trafilatura-dev/html/0344.html.gz "$corpora"/trafilatura-dev/html/0473.html.gz \
              "$corpora"/wcxb-dev/html/0174.html.gz "$corpora"/wcxb-dev/html/0203.html.gz "$corpora"/wcxb-dev/html/0521.html.gz \
              "$corpora"/wcxb-dev/html/0665.html.gz "$corpora"/wcxb-dev/html/2951.html.gz "$corpora"/wcxb-dev/html/4614.html.gz; do
    [ -f "$page" ] || continue
    name=real-$(basename "$page" | sed 's/\..*$//')
    "$offprint" inspect "$page" -o "pages/$name.inspect.html" && "$offprint" read "$page" -o "pages/$name.read.html" ||
      { echo "offprint failed on $page"; exit 1; }
  done
fi
OFFPRINT_CHROMIUM=$chromium exec node --test-reporter=spec reader.test.mjs pages ${SHOTS:+--shots "$SHOTS"}
