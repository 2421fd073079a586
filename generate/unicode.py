#!/usr/bin/env python3
"""Writes src/generated/unicode.h and unicode.cpp: classes, scripts and lower case of characters.

    python3 generate/unicode.py          # writes; `--check` compares and exits 1 where they differ

The pinned input is Python's unicodedata of Unicode 14.0.0 (Python 3.11; another version writes other tables, so
--check says that it cannot compare and passes), and the ranges of scripts below, from Unicode's Scripts.txt, cut down
to what offprint tells apart.
"""
import sys
import unicodedata
from pathlib import Path

VERSION = "14.0.0"
LETTER, MARK, DECIMAL, NUMBER, UPPER, WHITE, CJK, UNSPACED = (1 << i for i in range(8))

WRITINGS = """none latin cyrillic greek armenian georgian hebrew arabic devanagari bengali tamil indic thai
southeast_asian hangul kana han ethiopic other""".split()
# Blocks, not Scripts.txt: what lies in them and is a letter or mark is of the script.
RANGES = [
    (0x41, 0x24F, "latin"), (0x250, 0x2AF, "latin"), (0x1D00, 0x1DBF, "latin"), (0x1E00, 0x1EFF, "latin"),
    (0x2C60, 0x2C7F, "latin"), (0xA720, 0xA7FF, "latin"), (0xAB30, 0xAB6F, "latin"), (0xFB00, 0xFB06, "latin"),
    (0xFF21, 0xFF5A, "latin"), (0x212A, 0x212B, "latin"),
    (0x370, 0x3FF, "greek"), (0x1F00, 0x1FFF, "greek"), (0x2126, 0x2126, "greek"),
    (0x400, 0x52F, "cyrillic"), (0x1C80, 0x1C8F, "cyrillic"), (0x2DE0, 0x2DFF, "cyrillic"), (0xA640, 0xA69F, "cyrillic"),
    (0x530, 0x58F, "armenian"), (0xFB13, 0xFB17, "armenian"),
    (0x10A0, 0x10FF, "georgian"), (0x1C90, 0x1CBF, "georgian"), (0x2D00, 0x2D2F, "georgian"),
    (0x590, 0x5FF, "hebrew"), (0xFB1D, 0xFB4F, "hebrew"),
    (0x600, 0x6FF, "arabic"), (0x750, 0x77F, "arabic"), (0x870, 0x8FF, "arabic"), (0xFB50, 0xFDFF, "arabic"),
    (0xFE70, 0xFEFE, "arabic"),
    (0x900, 0x97F, "devanagari"), (0xA8E0, 0xA8FF, "devanagari"), (0x980, 0x9FF, "bengali"), (0xB80, 0xBFF, "tamil"),
    (0xA00, 0xB7F, "indic"), (0xC00, 0xDFF, "indic"),
    (0xE00, 0xE7F, "thai"), (0xE80, 0xEFF, "southeast_asian"), (0x1000, 0x109F, "southeast_asian"),
    (0x1780, 0x17FF, "southeast_asian"), (0x19E0, 0x19FF, "southeast_asian"), (0xA9E0, 0xA9FF, "southeast_asian"),
    (0xAA60, 0xAA7F, "southeast_asian"), (0x1980, 0x19DF, "southeast_asian"),
    (0x1100, 0x11FF, "hangul"), (0x3130, 0x318F, "hangul"), (0xA960, 0xA97F, "hangul"), (0xAC00, 0xD7FF, "hangul"),
    (0xFFA0, 0xFFDC, "hangul"),
    (0x3040, 0x30FF, "kana"), (0x31F0, 0x31FF, "kana"), (0xFF66, 0xFF9F, "kana"), (0x1B000, 0x1B16F, "kana"),
    (0x2E80, 0x2FDF, "han"), (0x3005, 0x3007, "han"), (0x3021, 0x3029, "han"), (0x3105, 0x312F, "han"),
    (0x31A0, 0x31BF, "han"), (0x3400, 0x4DBF, "han"), (0x4E00, 0x9FFF, "han"), (0xF900, 0xFAFF, "han"),
    (0x20000, 0x3134F, "han"),
    (0x1200, 0x139F, "ethiopic"), (0x2D80, 0x2DDF, "ethiopic"), (0xAB00, 0xAB2F, "ethiopic"),
]
# White_Space of Unicode, and what shows as nothing: soft hyphen, ZWSP, word joiner, BOM, directional marks.
WHITES = [*range(9, 14), 0x20, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000]
INVISIBLE = [0xAD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF]
LAST = 0x32000  # beyond lie tags, variation selectors and private use: class 0
BLOCK = 128


def classes():
    writing = {}
    for first, last, name in RANGES:
        for c in range(first, last + 1):
            assert c not in writing, hex(c)
            writing[c] = WRITINGS.index(name)
    out = []
    for c in range(LAST):
        category = unicodedata.category(chr(c))
        flags = 0
        if category[0] == "L":
            flags |= LETTER
        if category[0] == "M":
            flags |= MARK
        if category == "Nd":
            flags |= DECIMAL
        if category[0] == "N":
            flags |= NUMBER
        if category in ("Lu", "Lt"):
            flags |= UPPER
        if c in WHITES or c in INVISIBLE:
            flags |= WHITE
        w = writing.get(c, 0) if flags & (LETTER | MARK) else 0
        if w == 0 and flags & LETTER:
            w = WRITINGS.index("other")
        if WRITINGS[w] in ("kana", "han") and flags & (LETTER | NUMBER):
            flags |= CJK
        if c == 0x3007 or 0x3021 <= c <= 0x3029:
            flags |= CJK
        if WRITINGS[w] in ("thai", "southeast_asian"):
            flags |= UNSPACED
        out.append((flags, w))
    return out


def main():
    if unicodedata.unidata_version != VERSION:
        print(f"generate/unicode.py: this Python has Unicode {unicodedata.unidata_version}, the tables are of {VERSION}")
        sys.exit(0 if "--check" in sys.argv else 1)
    root = Path(__file__).resolve().parent.parent / "src" / "generated"
    table = classes()
    kinds = sorted(set(table))
    assert kinds[0] == (0, 0) and len(kinds) < 256
    number = {k: i for i, k in enumerate(kinds)}
    blocks, order, first = {}, [], []
    for i in range(0, LAST, BLOCK):
        block = tuple(number[k] for k in table[i:i + BLOCK])
        if block not in blocks:
            blocks[block] = len(order)
            order.append(block)
        first.append(blocks[block])
    lower = []  # first, last, step, distance
    for c in range(0x80, 0x1F000):
        if WRITINGS[table[c][1]] not in ("latin", "cyrillic", "greek", "armenian", "georgian"):
            continue
        low = chr(c).lower()
        low = ord(low) if len(low) == 1 else {0x130: 0x69}.get(c, c)
        if low == c or unicodedata.category(chr(c)) not in ("Lu", "Lt"):
            continue
        d = low - c
        last = lower[-1] if lower else None
        if last and last[3] == d and (c - last[1] == last[2] or (last[0] == last[1] and c - last[1] in (1, 2))):
            last[2] = c - last[1]
            last[1] = c
        else:
            lower.append([c, c, 1, d])
    head = f"// Generated by generate/unicode.py from Unicode {VERSION}. Do not edit.\n"
    h = head + f"""#pragma once

#include <cstddef>
#include <cstdint>

namespace offprint::unicode {{

enum Flag : std::uint8_t {{
  letter = {LETTER},
  mark = {MARK},
  decimal = {DECIMAL},
  number = {NUMBER},
  upper = {UPPER},
  white = {WHITE},
  cjk = {CJK},
  unspaced = {UNSPACED},  // Thai and its neighbours: words without spaces between them
}};
struct Kind {{
  std::uint8_t flags;
  std::uint8_t writing;
}};
inline constexpr char32_t last = 0x{LAST:X};  // from here on: kind 0
inline constexpr unsigned block_bits = {BLOCK.bit_length() - 1};
extern const Kind kinds[{len(kinds)}];
extern const std::uint8_t kind_numbers[{len(order) * BLOCK}];
extern const std::uint{8 if len(order) <= 256 else 16}_t blocks[{len(first)}];

// Capital letters whose small ones are `distance` away: first, first + step … last.
struct LowerRange {{
  std::uint16_t first, last, step;
  std::int32_t distance;
}};
inline constexpr std::size_t lower_range_count = {len(lower)};
extern const LowerRange lower_ranges[lower_range_count];

}}  // namespace offprint::unicode
"""
    bits = 8 if len(order) <= 256 else 16
    c = [head, '#include "generated/unicode.h"\n\nnamespace offprint::unicode {\n\n']
    c.append(f"const Kind kinds[{len(kinds)}] = {{\n" + "".join(f"    {{{a}, {b}}},\n" for a, b in kinds) + "};\n\n")
    flat = [str(x) for b in order for x in b]
    rows = lambda v: "".join("    " + ",".join(v[i:i + 32]) + ",\n" for i in range(0, len(v), 32))
    c.append(f"const std::uint8_t kind_numbers[{len(flat)}] = {{\n{rows(flat)}}};\n\n")
    c.append(f"const std::uint{bits}_t blocks[{len(first)}] = {{\n{rows([str(x) for x in first])}}};\n\n")
    c.append("const LowerRange lower_ranges[lower_range_count] = {\n"
             + "".join(f"    {{0x{a:X}, 0x{b:X}, {s}, {d}}},\n" for a, b, s, d in lower) + "};\n\n")
    c.append("}  // namespace offprint::unicode\n")
    wanted = {"unicode.h": h, "unicode.cpp": "".join(c)}
    if "--check" in sys.argv:
        sys.exit(any(not (root / f).exists() or (root / f).read_text() != t for f, t in wanted.items()))
    for f, t in wanted.items():
        (root / f).write_text(t)


main()
