#!/usr/bin/env python3
"""Writes src/generated/lexicons.h and lexicons.cpp: the phrases of src/roles/lexicons as hash tables.

    python3 generate/lexicons.py            # writes; `--check` compares and exits 1 where they differ

The pinned inputs are the .txt files there, and the letter tables of the running Python's unicodedata for the code
points below U+0800 and Latin Extended Additional (stable across Unicode versions since 5.0).

A line is `language TAB phrase [TAB value]`. In a phrase `(a|b|)` stands for each of its alternatives, `^` at the
beginning and `$` at the end tie it to the beginning or end of the block, `:` at the end asks for a colon after it.
src/blocks/lexicon.cpp cuts texts into units as units() does here; the two must stay alike.
"""
import re
import sys
import unicodedata
from pathlib import Path

PURPOSES = """support_ask support_control frequency defer payment ad_free consent newsletter share paywall login comments
related advertisement byline published reading_time credit legal navigation search cart controls notice minimum
currency""".split()
# Purposes that no model asks for: they have a table of their own, read only where a request for support is looked for.
OF_REQUESTS = "plea giving voice cost reader_cost trade".split()
# Further phrases of the models' purposes that stand in that table, too, as the models were not taught them: the files of requests/.
UNHEARD = "frequency defer ad_free minimum currency".split()
VALUES = ["", "once", "monthly", "annual", "weekly", "label", "merely", "gift", "raised"]
FIRST_CURRENCY = 16
SOFT, SKIP, HARD = 0, 1, 2  # what stands between words, is passed over, ends a phrase
MASK = 0xFFFFFFFF


def fold(cp):
    """The letter or digit that a code point counts as; SOFT, SKIP or HARD where it is none."""
    c = chr(cp)
    if c in " \t\n\r\f'-/&\u00a0´`+":
        return SOFT
    if cp == 0xAD:
        return SKIP
    category = unicodedata.category(c)
    if category[0] == "M" or cp == 0x640:  # vowel signs, tatweel
        return SKIP
    if category[0] not in "LN":
        return HARD
    if category == "Nd":
        return ord(str(unicodedata.digit(c)))
    low = c.lower()
    base = unicodedata.normalize("NFD", low)[0]
    special = {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "a", "œ": "o", "ß": "s", "ة": "ه", "ى": "ي", "ٱ": "ا"}
    base = special.get(base, base)
    return ord(base)


FOLD = [fold(cp) for cp in range(0x800)]
FOLD_1E = [fold(cp) for cp in range(0x1E00, 0x1F00)]


def classify(cp):
    """(kind, folded): kind is 'letter', 'cjk', or one of SOFT, SKIP, HARD."""
    if cp < 0x800 or 0x1E00 <= cp < 0x1F00:
        f = FOLD[cp] if cp < 0x800 else FOLD_1E[cp - 0x1E00]
        return ("letter", f) if f > HARD else (f, 0)
    if cp < 0x2000:
        return "letter", cp
    if cp < 0x2C00:
        if cp in (0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060):
            return SKIP, 0
        return (SOFT, 0) if cp <= 0x2015 or cp in (0x2018, 0x2019, 0x202F, 0x205F) else (HARD, 0)
    if cp == 0x3000:
        return SOFT, 0
    if 0xFF10 <= cp <= 0xFF19 or 0xFF21 <= cp <= 0xFF3A or 0xFF41 <= cp <= 0xFF5A:
        return "letter", FOLD[cp - 0xFEE0]
    if (cp == 0x3005 or 0x3040 <= cp <= 0x30FF and cp != 0x30FB or 0x3400 <= cp <= 0x9FFF or 0xAC00 <= cp <= 0xD7A3
            or 0xF900 <= cp <= 0xFAFF):
        return "cjk", cp
    return HARD, 0


def word_hash(word):
    """hash_word() of src/blocks/text_scan.h: 8 bytes of UTF-8 at a time."""
    data, wide, mix = word.encode(), (1 << 64) - 1, 0xD6E8FEB86659FD93
    h = len(data) * 0x9E3779B97F4A7C15 & wide
    while len(data) > 8:
        h = (h ^ int.from_bytes(data[:8], "little")) * mix & wide
        h ^= h >> 32
        data = data[8:]
    h = (h ^ int.from_bytes(data, "little")) * mix & wide
    return h >> 32 or 1


def units(text):
    """Hashes of the words of a text, each CJK character a word; None where something hard lies between two."""
    out, word, hard = [], "", False
    for c in text:
        kind, f = classify(ord(c))
        if kind == SKIP:
            continue
        if kind == "letter":
            word += chr(f)
            continue
        if word:
            out.append(word_hash(word))
            word = ""
        if kind == "cjk":
            out.append(word_hash(chr(f)))
        hard |= kind == HARD
    if word:
        out.append(word_hash(word))
    return None if hard else out


def pair(a, b):
    return (((a * 0x9E3779B1) & MASK) ^ b) & MASK


def alternatives(text, at):
    """The phrases of text[at:] up to a `)` or its end, and where that is."""
    done, open_ = [], [""]
    while at < len(text) and text[at] != ")":
        if text[at] == "(":
            inner, at = alternatives(text, at + 1)
            open_ = [o + i for o in open_ for i in inner]
        elif text[at] == "|":
            done, open_ = done + open_, [""]
        else:
            open_ = [o + text[at] for o in open_]
        at += 1
    return done + open_, at


def expand(phrase):
    return [p for p in (re.sub(" +", " ", a).strip() for a in alternatives(phrase, 0)[0]) if p]


def read(folder, stems, purposes, currencies):
    phrases = {}
    for purpose, stem in zip(purposes, stems):
        for number, line in enumerate((folder / f"{stem}.txt").read_text().splitlines(), 1):
            if not line or line.startswith("#"):
                continue
            columns = line.split("\t")
            where = f"{stem}.txt:{number}: {line}"
            if len(columns) not in (2, 3):
                sys.exit(f"{where}: columns")
            value = 0
            if len(columns) == 3:
                if stem == "currency":
                    if columns[2] not in currencies:
                        currencies.append(columns[2])
                    value = FIRST_CURRENCY + currencies.index(columns[2])
                else:
                    value = VALUES.index(columns[2])
            for p in expand(columns[1]):
                flags = (1 if p[0] == "^" else 0) | (2 if p[-1] == "$" else 0) | (4 if p[-1] == ":" else 0)
                hashes = units(p.lstrip("^").rstrip("$:").strip())
                if not hashes or len(hashes) > 15:
                    sys.exit(f"{where}: no phrase in {p!r}")
                if len(hashes) == 1 and unicodedata.name(p.strip("^$:")[0]).startswith(("CJK", "HIRA", "KATA")) and not flags and stem != "voice":
                    sys.exit(f"{where}: a single character is too little")
                phrases.setdefault((tuple(hashes), purpose, flags), value)
    return phrases


def lines_of(numbers, per):
    return "".join("    " + ",".join(numbers[i:i + per]) + ",\n" for i in range(0, len(numbers), per))


def table(phrases):
    """The hash table of phrases: bits of its size, slots, phrases, the pool of further words, a Bloom filter of the keys."""
    groups = {}
    for (hashes, purpose, flags), value in phrases.items():
        key = hashes[0] if len(hashes) == 1 else pair(hashes[0], hashes[1])
        groups.setdefault(key, []).append((hashes, purpose, flags, value))
    bits = 11
    while len(groups) * 10 > 7 << bits:
        bits += 1
    slots = [(0, 0, 0)] * (1 << bits)
    rows, pool, bloom = [], [], [0] * 2048  # 131,072 bits
    tails = {(): 0}  # phrases that end alike share their end
    for key in sorted(groups):
        members = sorted(groups[key], key=lambda g: (-len(g[0]), g[1], g[2], g[0]))
        at = ((key * 0x9E3779B1) & MASK) >> (32 - bits)
        while slots[at][2]:
            at = (at + 1) & ((1 << bits) - 1)
        slots[at] = (key, len(rows), len(members))
        b = (key * 0x85EBCA6B) & MASK  # two bits of one number
        bloom[b >> 21] |= 1 << (b >> 15 & 63) | 1 << (b >> 9 & 63)
        for hashes, purpose, flags, value in members:
            rest = hashes[2:]
            if rest not in tails:
                tails[rest] = len(pool)
                pool.extend(rest)
            rows.append((tails[rest], len(hashes), flags, purpose, value))
    assert len(rows) < 65536 and len(pool) < 65536 and all(s[2] < 65536 for s in slots)
    print(f"{len(rows)} phrases, {len(groups)} keys", file=sys.stderr)
    return bits, slots, rows, pool, bloom


def declared(name, bits, slots, rows, pool, bloom):
    return f"""struct {name} {{
  static constexpr int slot_bits = {bits};
  static const std::array<Slot, {1 << bits}> slots;
  static const std::array<Phrase, {len(rows)}> phrases;
  static const std::array<std::uint32_t, {len(pool)}> pool;
  static const std::array<std::uint64_t, 2048> bloom;
}};
"""


def defined(name, bits, slots, rows, pool, bloom):
    return "".join([
        f"const std::array<Slot, {1 << bits}> {name}::slots = {{{{\n",
        lines_of(["{%du,%d,%d}" % s if s[2] else "{}" for s in slots], 6), "}};\n\n",
        f"const std::array<Phrase, {len(rows)}> {name}::phrases = {{{{\n",
        lines_of(["{%d,%d,%d,%d,%d}" % r for r in rows], 8), "}};\n\n",
        f"const std::array<std::uint32_t, {len(pool)}> {name}::pool = {{\n", lines_of([f"{p}u" for p in pool], 10), "};\n\n",
        f"const std::array<std::uint64_t, 2048> {name}::bloom = {{\n", lines_of([f"{b:#x}u" for b in bloom], 6), "};\n\n"])


def main():
    base = Path(__file__).resolve().parent.parent / "src"
    folder, currencies = base / "roles" / "lexicons", []
    phrases = read(folder, PURPOSES, range(len(PURPOSES)), currencies)
    of_requests = read(folder, OF_REQUESTS, range(len(PURPOSES), len(PURPOSES) + len(OF_REQUESTS)), currencies)
    of_requests |= read(folder / "requests", UNHEARD, map(PURPOSES.index, UNHEARD), currencies)
    tables = {"Purposes": table(phrases), "OfRequests": table(of_requests)}
    note = "// Generated by generate/lexicons.py from src/roles/lexicons. Do not edit.\n"
    h = f"""{note}#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace offprint::lexicons {{

// What a code point below U+0800, or of U+1E00..U+1EFF, counts as: a letter or digit, or one of these.
inline constexpr std::uint16_t soft = {SOFT}, skip = {SKIP}, hard = {HARD};
extern const std::array<std::uint16_t, 0x800> fold;
extern const std::array<std::uint16_t, 0x100> fold_1e;

struct Phrase {{
  std::uint16_t rest;    // index into `pool` of the hashes of its third word and on
  std::uint8_t words;
  std::uint8_t flags;    // 1 begins the block, 2 ends it, 4 a colon follows
  std::uint8_t purpose;
  std::uint8_t value;
}};
struct Slot {{
  std::uint32_t key;     // hash of the only word, or of the first two
  std::uint16_t begin;   // its phrases, longest first
  std::uint16_t count;   // 0: empty
}};
// The purposes that the models hear of, and those that only the reader of requests for support asks for.
{"".join(declared(name, *t) for name, t in tables.items())}extern const std::array<std::string_view, {len(currencies)}> currencies;

}}  // namespace offprint::lexicons
"""
    c = [note, '#include "generated/lexicons.h"\n\nnamespace offprint::lexicons {\n\n']
    c.append("const std::array<std::uint16_t, 0x800> fold = {\n" + lines_of([str(f) for f in FOLD], 24) + "};\n\n")
    c.append("const std::array<std::uint16_t, 0x100> fold_1e = {\n" + lines_of([str(f) for f in FOLD_1E], 24) + "};\n\n")
    c.extend(defined(name, *t) for name, t in tables.items())
    c.append(f"const std::array<std::string_view, {len(currencies)}> currencies = {{\n" + lines_of([f'"{x}"' for x in currencies], 16) + "};\n\n")
    c.append("}  // namespace offprint::lexicons\n")
    wanted = {"lexicons.h": h, "lexicons.cpp": "".join(c)}
    out = base / "generated"
    if "--check" in sys.argv:
        sys.exit(any(not (out / f).exists() or (out / f).read_text() != t for f, t in wanted.items()))
    for f, t in wanted.items():
        (out / f).write_text(t)


main()
