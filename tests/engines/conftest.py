"""A small crawl: 60 pages of the Web where the corpora are there, else the sample pages, in two WARC files."""
from __future__ import annotations

import gzip
import importlib.util
import os
import pathlib
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest

os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
os.environ.setdefault("RAY_worker_niceness", "0")  # else 15: where something else runs, too, tests wait for minutes
os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")

ROOT = pathlib.Path(__file__).resolve().parents[2]
_spec = importlib.util.spec_from_file_location("python_conftest", ROOT / "tests/python/conftest.py")
shared = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(shared)


@pytest.fixture(scope="session")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    folder = shared.CORPORA / "wcxb-dev/html"
    files = sorted(folder.iterdir())[::20][:60] if folder.is_dir() else sorted(shared.PAGES.glob("*.html"))
    pages = [(f"https://pages.example/{p.name}", gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes()) for p in files]
    to = tmp_path_factory.mktemp("crawl")
    half = len(pages) // 2
    shared.write_warc(to / "1.warc.gz", pages[:half])
    shared.write_warc(to / "2.warc.gz", pages[half:])
    return to


@pytest.fixture(scope="session")
def documents(crawl: pathlib.Path) -> dict[str, object]:
    """What offprint alone makes of it, by address."""
    import offprint

    return {page.source: page for page in offprint.documents(sorted(crawl.glob("*.warc.gz")))}


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """Where the commands of the documentation are run: in place of the repository, so that what they write does not stay in it."""
    to = tmp_path_factory.mktemp("repository")
    shutil.copytree(ROOT / "examples", to / "examples")
    return to


@pytest.fixture(scope="session")
def cluster(folder: pathlib.Path) -> Iterator[None]:
    """A Ray of two cores that examples and tests connect to: to start is what costs most. Its workers stand in the folder."""
    ray = pytest.importorskip("ray")
    before = os.getcwd()
    os.chdir(folder)
    for attempt in range(3):
        try:
            ray.init(num_cpus=2, include_dashboard=False, logging_level="error", log_to_driver=False)
            break
        except Exception:  # Ray gives its own agents 15 seconds to start, which a machine at work may not keep
            ray.shutdown()
            if attempt == 2:
                raise
    os.chdir(before)
    os.environ["RAY_ADDRESS"] = ray.get_runtime_context().gcs_address
    yield
    del os.environ["RAY_ADDRESS"]
    ray.shutdown()


def example(name: str, *arguments: object) -> str:
    done = subprocess.run([sys.executable, ROOT / "examples/engines" / name, *map(str, arguments)], capture_output=True, text=True, timeout=600,
                          env={**os.environ})
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout
