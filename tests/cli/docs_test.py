#!/usr/bin/env python3
"""docs_test.py OFFPRINT: every command of docs/crawls.md, as it stands, one after the other."""
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
program = Path(sys.argv[1]).resolve()
text = (ROOT / 'docs/crawls.md').read_text(encoding='utf-8')
commands = [line for language, block in re.findall(r'^```(\w*)\n(.*?)^```', text, re.M | re.S) if not language
            for line in block.splitlines()]
with tempfile.TemporaryDirectory() as folder:
    os.symlink(ROOT / 'examples', Path(folder) / 'examples')
    env = os.environ | {'PATH': f'{program.parent}:{os.environ["PATH"]}'}
    for command in commands:
        done = subprocess.run(['bash', '-euo', 'pipefail', '-c', command], cwd=folder, env=env, capture_output=True)
        if done.returncode != 0 or done.stderr:
            sys.exit(f'{command}\nexit status {done.returncode}\n{done.stderr.decode()}')
        for output in re.findall(r'(?:-o|>) (\S+)', command):
            if (Path(folder) / output).stat().st_size == 0:
                sys.exit(f'{command}\n{output} is empty')
    same = [(Path(folder) / name).read_bytes() for name in ('out.jsonl', 'listed.jsonl')]
    if same[0] != same[1]:
        sys.exit('the list of names gave another output')
if len(commands) < 12:
    sys.exit(f'only {len(commands)} commands found in docs/crawls.md')
print(f'{len(commands)} commands')
