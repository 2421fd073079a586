"""The Python of docs/python.md runs as it stands, in the folder of the repository, and gives what its comments say."""
from __future__ import annotations

import ast
import pathlib
import re
import shutil
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def test_python_md(tmp_path, monkeypatch):
    for module in ("pyarrow", "polars", "duckdb"):
        pytest.importorskip(module)
    text = (ROOT / "docs/python.md").read_text()
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    subprocess.run([sys.executable, *re.findall(r"`python (examples/make_crawl.py \w+)`", text)[0].split()], check=True)
    names: dict[str, object] = {}
    said = 0
    blocks = re.findall(r"^```python\n(.*?)^```", text, re.M | re.S)
    for block in blocks:
        lines = block.splitlines()
        for statement in ast.parse(block).body:
            code = ast.get_source_segment(block, statement)
            comment = lines[statement.end_lineno - 1][statement.end_col_offset:].strip(" #")
            if not isinstance(statement, ast.Expr):
                exec(code, names)
                continue
            value = eval(code, names)
            try:
                expected = ast.literal_eval(comment)
            except (SyntaxError, ValueError):
                continue  # words
            assert value == expected, code
            said += 1
    assert len(blocks) > 2 and said > 2
