#!/usr/bin/env python3
"""Whether Clang 16 takes the product's code without a warning: every file is parsed and checked, none is compiled. Part of CI.

tests/clang.py [JOBS]; where there is no clang++-16 it says so and is content.
"""
import json
import os
import shlex
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ('src', 'cli', 'pipeline', 'sources', 'reader')


def check(command):
    words = [w for w in shlex.split(command) if not w.endswith('ccache')]
    at = words.index('-o')
    # What is made for some processors is refused, if at all, when code is made.
    last = ['-O0', '-o', os.devnull] if 'OFFPRINT_A' in Path(words[-1]).read_text() or 'OFFPRINT_V' in Path(words[-1]).read_text() else ['-fsyntax-only']
    return subprocess.run(words[:at] + words[at + 2:] + last, capture_output=True, text=True)


def main():
    if not shutil.which('clang++-16'):
        print('clang: skipped, there is no clang++-16')
        return 0
    subprocess.run(['cmake', '--preset', 'clang'], cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    entries = json.loads((ROOT / 'build/clang/compile_commands.json').read_text())
    ours = [e['command'] for e in entries if Path(e['file']).relative_to(ROOT).parts[0] in ROOMS and 'generated' not in e['file']]
    with ThreadPoolExecutor(int(sys.argv[1]) if len(sys.argv) > 1 else os.cpu_count()) as pool:
        bad = [done for done in pool.map(check, ours) if done.returncode or done.stderr]
    for done in bad:
        print(done.stderr, file=sys.stderr)
    print(f'clang: {len(ours)} files, {len(bad)} refused')
    return 1 if bad else 0


sys.exit(main())
