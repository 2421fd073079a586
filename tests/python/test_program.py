"""python -m offprint is the program."""
from __future__ import annotations

import json
import subprocess
import sys

from conftest import PAGES

import offprint


def run(*arguments, **given):
    return subprocess.run([sys.executable, "-m", "offprint", *map(str, arguments)], capture_output=True, timeout=120, **given)


def test_one_page():
    done = run(PAGES / "harbour-gazette.html")
    assert done.returncode == 0 and done.stderr == b"" and done.stdout.startswith(b"Ferry returns to Skerry Sound after eleven winters")
    assert run("-", input=(PAGES / "harbour-gazette.html").read_bytes()).stdout == done.stdout
    assert run("-f", "markdown", PAGES / "harbour-gazette.html").stdout.startswith(b"# Ferry")


def test_a_crawl(warc, tmp_path):
    out = tmp_path / "out.jsonl"
    assert run(warc, "-o", out).returncode == 0
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert [line["text"] for line in lines] == [page.text for page in offprint.documents(warc)]


def test_exit_statuses(tmp_path):
    assert run("--no-such-option").returncode == 2
    assert run(tmp_path / "missing.html").returncode in (1, 2)
    assert run("--version").stdout.split()[-1].decode() == offprint.__version__
    assert run("--help").returncode == 0
