#!/usr/bin/env python3
"""Writes style sheets and scripts as C++ constants, each with the hash that a Content-Security-Policy names it by.

    embed.py inspect.css inspect.js ... -o reader_assets.cpp
"""
import argparse
import base64
import hashlib
import pathlib


def literal(data: bytes) -> str:
    """A C++ string literal, a line of the file a line."""
    lines = []
    for line in data.splitlines(keepends=True):
        out = []
        for byte in line:
            char = chr(byte)
            if char in '"\\':
                out.append('\\' + char)
            elif char == '\n':
                out.append('\\n')
            elif 0x20 <= byte < 0x7F and char != '?':
                out.append(char)
            else:
                out.append(f'\\{byte:03o}')
        lines.append('    "' + ''.join(out) + '"')
    return '\n'.join(lines) or '    ""'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('files', nargs='+', type=pathlib.Path)
    parser.add_argument('-o', '--output', type=pathlib.Path, required=True)
    args = parser.parse_args()
    parts = ['// Made by reader/embed.py from the files named below.\n#include "reader/assets.h"\n\nnamespace offprint {\n']
    for path in args.files:
        data = path.read_bytes()
        if b'</' + (b'style' if path.suffix == '.css' else b'script') in data.lower():
            raise SystemExit(f'{path}: would end its own element')
        name = path.name.replace('.', '_')
        digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
        parts.append(f'const Asset {name} = {{\n    // {path.name}\n{literal(data)},\n    "\'sha256-{digest}\'"}};\n')
    parts.append('}  // namespace offprint\n')
    args.output.write_text('\n'.join(parts))


if __name__ == '__main__':
    main()
