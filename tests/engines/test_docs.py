"""All that stands in docs/engines.md runs as it stands, in the folder of the repository."""
from __future__ import annotations

import os
import pathlib
import re
import shutil
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```", (ROOT / "docs/engines.md").read_text(), re.M | re.S)
FIRST, *OTHERS = BLOCKS


def run(block: tuple[str, str], folder: pathlib.Path) -> None:
    language, code = block
    command = [sys.executable, "-c", code] if language == "python" else ["bash", "-euc", code]
    path = f"{os.path.dirname(sys.executable)}:{os.environ['PATH']}"
    done = subprocess.run(command, cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, code + done.stdout[-3000:] + done.stderr[-3000:]


def engine(block: tuple[str, str]) -> str:
    return re.search(r"engines\.(\w+) import|with_(\w+)\.py", block[1]).group(0)


@pytest.mark.parametrize("block", OTHERS, ids=map(engine, OTHERS))
def test_block(folder, block, request):
    if not (folder / "crawl").exists():
        run(FIRST, folder)
    if "ray" in engine(block):
        request.getfixturevalue("cluster")
    if "spark" in block[1] and shutil.which("java") is None:
        pytest.skip("Spark needs Java")
    run(block, folder)


def test_all_are_found():
    assert len(OTHERS) == 8


def test_articles_came_out(folder):
    """What stands in a file that cannot be read is a document, too, so that a wrong path is no error."""
    dataset = pytest.importorskip("pyarrow.dataset")
    for name in ("ray-documents", "ray-out/documents", "spark-documents", "spark-out/articles"):
        if (folder / name).exists():
            rows = dataset.dataset(folder / name, format="parquet").to_table(columns=["status"])
            assert len(rows) > 2 and set(rows["status"].to_pylist()) <= {"ok", "empty", "partial"}, name
    for file in [folder / "articles.jsonl", *(folder / "articles").glob("*.jsonl")]:
        assert file.stat().st_size > 1000, file
