"""The stubs say what the module is, the package passes mypy, and everything public is documented."""
from __future__ import annotations

import ast
import inspect
import os
import re
import subprocess
import sys

import pytest
from conftest import ROOT

import offprint
from offprint import _native

pytest.importorskip("mypy")
PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(offprint.__file__)))


def _run(*command: str) -> None:
    done = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, timeout=600, cwd=ROOT / "build" if (ROOT / "build").is_dir() else ROOT,
                          env={**os.environ, "MYPYPATH": PACKAGE, "MYPY_CACHE_DIR": os.devnull})
    assert done.returncode == 0, done.stdout + done.stderr


def _names(body: list[ast.stmt]) -> set[str]:
    """What a module or class of the stub defines, __init__ and private names left out."""
    names = {node.name for node in body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    names |= {node.target.id for node in body if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)}
    return {name for name in names if not name.startswith("__") or name in ("__len__", "__getitem__", "__iter__", "__next__") or "arrow" in name}


def test_stubs_match_the_module():
    """Both ways: every class, member and function; and of functions the names of parameters. (mypy's stubtest knows no nanobind functions.)"""
    stub = ast.parse((ROOT / "python/offprint/_native.pyi").read_text()).body
    public = {name for name in vars(_native) if not name.startswith("__")}
    assert _names(stub) == public
    for node in stub:
        real = getattr(_native, getattr(node, "name", ""), None)
        if isinstance(node, ast.ClassDef):
            members = {name for name in vars(real) if not name.startswith("__") or name in ("__len__", "__getitem__", "__next__") or "arrow" in name}
            listed = _names(node.body) - {"__iter__"}
            assert listed == members, node.name
        elif isinstance(node, ast.FunctionDef):
            signature = real.__doc__.split("\n")[0]
            named = re.findall(r"[(,] ?(\w+): ", signature)
            if named and not any(name.startswith("arg") for name in named):
                assert [argument.arg for argument in node.args.args] == [n for n in named if n in signature], node.name


def test_package_passes_mypy():
    _run("mypy", "--strict", "--ignore-missing-imports", "--allow-subclassing-any", "--no-warn-unused-ignores", "--allow-untyped-calls", "--python-version", "3.11", "-p", "offprint")


def test_everything_public_is_documented():
    bare = [name for name in offprint.__all__ if callable(getattr(offprint, name)) and inspect.isfunction(getattr(offprint, name))
            and not getattr(offprint, name).__doc__]
    assert bare == []
    stub = (ROOT / "python/offprint/_native.pyi").read_text()
    for kind in (_native.Document, _native.Block, _native.Capture):
        for name in dir(kind):
            if not name.startswith("_"):
                assert f"def {name}(" in stub, f"{kind.__name__}.{name}"


def test_all_is_what_there_is():
    for name in offprint.__all__:
        assert hasattr(offprint, name)
    assert offprint.__version__ == _native.version
