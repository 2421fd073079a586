#!/usr/bin/env bash
# What `make run` shows: the article of a sample capture, and where its other formats went.
set -euo pipefail
cd "$(dirname "$0")/.."
offprint=${OFFPRINT:-build/release/offprint}
page=examples/pages/harbour-gazette.html
out=${OUT:-build/run}
name=$out/harbour-gazette
if [ ! -x "$offprint" ]; then
  echo "no program at $offprint: run \`make build\` first" >&2
  exit 2
fi
mkdir -p "$out"

"$offprint" "$page"

"$offprint" -f markdown "$page" -o "$name.md"
"$offprint" -f json --reasons "$page" -o "$name.json"
"$offprint" -f html "$page" -o "$name.html"
"$offprint" -f xml "$page" -o "$name.xml"
"$offprint" -f tei "$page" -o "$name.tei.xml"
"$offprint" inspect "$page" -o "$name.inspect.html"
"$offprint" read "$page" -o "$name.reading.html"

cat >&2 <<END

That was the article of $page. The rest:
  Markdown                       $name.md
  JSON, with reasons             $name.json
  HTML                           $name.html
  XML                            $name.xml
  TEI                            $name.tei.xml
  every block with its role      $name.inspect.html
  the reading copy               $name.reading.html
END
