#!/usr/bin/env python3
"""Writes src/generated/names.h and names.cpp: interned ids of element and attribute names.

    python3 generate/names.py            # writes; `--check` compares and exits 1 where they differ

The pinned input is the two lists below: the elements and attributes of the HTML standard (with its obsolete
ones), those of SVG and MathML that the standard's tree construction or offprint's later stages name, and the
attributes that offprint reads. A name that is not here is `unknown` and compares by its text.
"""
import sys
from pathlib import Path

TAGS = """
a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br
button canvas caption center cite code col colgroup command content data datalist dd del details dfn dialog dir div dl
dt element em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr
html i iframe image img input ins isindex kbd keygen label legend li link listing main map mark marquee menu menuitem
meta meter multicol nav nextid nobr noembed noframes noscript object ol optgroup option output p param picture
plaintext portal pre progress q rb rbc rp rt rtc ruby s samp script search section select selectedcontent shadow slot
small source spacer span strike strong style sub summary sup table tbody td template textarea tfoot th thead time
title tr track tt u ul var video wbr xmp
math mi mo mn ms mtext mglyph malignmark annotation annotation-xml mrow mfrac msqrt mroot mstyle merror mpadded
mphantom mfenced menclose msub msup msubsup munder mover munderover mmultiscripts mprescripts mtable mtr mtd
mlabeledtr maction semantics mspace none
svg g path rect circle ellipse line polyline polygon text tspan textpath defs use symbol desc foreignobject
lineargradient radialgradient stop clippath mask pattern filter marker metadata switch view animate
""".split()

ATTRIBUTES = """
abbr about accept accept-charset accesskey action align alt aria-controls aria-current aria-describedby aria-expanded
aria-haspopup aria-hidden aria-label aria-labelledby aria-level aria-live aria-modal aria-role async autocomplete
autofocus axis bgcolor border cellpadding cellspacing charset checked cite class clear color cols colspan content
content-type contenteditable controls coords crossorigin data data-amount data-aria-label data-author data-component
data-content data-currency data-date data-frequency data-href data-lang data-language data-link-name data-module
data-name data-original data-price data-qa data-role data-src data-srcset data-target data-test data-test-id
data-testid data-text data-timestamp data-title data-track data-type data-url data-value datatype datetime decoding
defer definitionurl dir disabled display download draggable encoding enctype face for form frameborder headers height
hidden href hreflang http-equiv id imagesizes imagesrcset inert integrity item itemid itemprop itemref itemscope
itemtype kind lang language list loading loop max maxlength media method min minlength multiple name nofollow nonce
noshade novalidate open pattern placeholder poster prefix profile prompt property pubdate readonly rel required resource
rev reversed role rowspan rows rules sandbox scope scoped selected shadowrootmode shape size sizes slot span
spellcheck src srcdoc srcset start step style summary tabindex target title translate type typeof usemap valign value
vocab width wrap xlink:href xml:lang xmlns xmlns:xlink
""".split()

CPP_WORDS = {"template", "switch", "default", "for", "class", "register", "int", "data_", "async_", "loop_"}


def identifier(name):
    word = name.replace("-", "_").replace(":", "_")
    return word + "_" if word in CPP_WORDS else word


MASK = (1 << 64) - 1


def key(name):
    """What name_hash in names.h computes: first eight bytes, last eight bytes and the length, little-endian."""
    raw = name.encode()
    first = int.from_bytes(raw[:8], "little")
    last = int.from_bytes(raw[-8:], "little") if len(raw) > 8 else 0
    return (first ^ (last * 0x9E3779B97F4A7C15 & MASK) ^ (len(raw) << 56)) & MASK


def find_multiplier(names, bits):
    keys = [key(n) for n in names]
    state = 0x1234567
    while True:
        state = (state * 6364136223846793005 + 1442695040888963407) & MASK
        multiplier = state | 1
        taken = set()
        for k in keys:
            slot = ((k * multiplier) & MASK) >> (64 - bits)
            if slot in taken:
                break
            taken.add(slot)
        else:
            return multiplier


def table(names):
    assert len(names) < 256  # a slot is a byte: the tables are asked for every tag, and shall stay in the near cache
    bits = 11
    multiplier = find_multiplier(names, bits)
    slots = [0] * (1 << bits)
    for i, n in enumerate(names, 1):
        slots[((key(n) * multiplier) & MASK) >> (64 - bits)] = i
    return bits, multiplier, slots


# These functions run for every tag and attribute of every page: no branch depends on how long a name is. Where eight bytes may be read from the name's first, they are; where not, two loads overlap.
LOOKUP = """\
// How names are looked up, in line for the tokenizer, which does little else.
namespace known_names {

template <class Word>
constexpr std::uint64_t load(const char* p) {
  if (std::is_constant_evaluated()) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < sizeof(Word); ++i) word |= static_cast<std::uint64_t>(static_cast<unsigned char>(p[i])) << (8 * i);
    return word;
  }
  Word word;
  std::memcpy(&word, p, sizeof word);
  return word;
}

// What a name is told by: its length, and its first and, where it is longer, last eight bytes, little-endian.
struct Known {
  std::uint64_t first = 0, last = 0, size = 0;
};
constexpr std::uint64_t key_of(const Known& k) { return k.first ^ (k.last * 0x9E3779B97F4A7C15u) ^ (k.size << 56); }

constexpr Known known(std::string_view name) {
  const char* const p = name.data();
  const std::size_t n = name.size();
  if (n >= 8) return {load<std::uint64_t>(p), n > 8 ? load<std::uint64_t>(p + n - 8) : 0, n};
  if (n >= 4) return {load<std::uint32_t>(p) | load<std::uint32_t>(p + n - 4) << 8 * (n - 4), 0, n};
  if (n >= 2) return {load<std::uint16_t>(p) | load<std::uint16_t>(p + n - 2) << 8 * (n - 2), 0, n};
  return {n == 1 ? load<std::uint8_t>(p) : 0, 0, n};
}

// The same of a name of one byte or more from whose beginning eight may be read. Names of attributes come in all lengths.
inline Known known_of_eight(std::string_view name) {
  const char* const p = name.data();
  const std::size_t n = name.size(), longer = n > 8 ? n - 8 : 0;
  const std::uint64_t last = load<std::uint64_t>(p + longer) & (std::uint64_t{0} - static_cast<std::uint64_t>(longer != 0));
  return {load<std::uint64_t>(p) & (~std::uint64_t{0} >> (64 - 8 * (n < 8 ? n : 8))), last, n};
}

inline bool same(const Known& a, const Known& b) { return ((a.first ^ b.first) | (a.last ^ b.last) | (a.size ^ b.size)) == 0; }

template <class Id>
struct Found {
  Id id;
  std::uint32_t hash;  // of the name, whether it is known or not
};

template <class Id, std::size_t count, int bits, std::uint64_t multiplier>
struct Table {
  std::array<std::string_view, count> names;  // in the order of the ids
  std::array<Known, count> known;
  std::array<std::uint8_t, std::size_t{1} << bits> slots;

  Found<Id> find(const Known& name, std::string_view lowercase) const {
    const auto hash = static_cast<std::uint32_t>((key_of(name) * multiplier) >> (64 - bits));
    const std::uint8_t id = slots[hash];
    const bool found = same(known[id], name) && (lowercase.size() <= 16 || names[id] == lowercase);
    return {static_cast<Id>(id & (0u - static_cast<unsigned>(found))), hash};  // no branch
  }
};

}  // namespace known_names

"""


def main():
    root = Path(__file__).resolve().parent.parent / "src" / "generated"
    head = "// Generated by generate/names.py. Do not edit.\n"
    h = [head, "#pragma once\n\n#include <array>\n#include <cstdint>\n#include <cstring>\n#include <string_view>\n#include <type_traits>\n\n"
         "namespace offprint {\n\n"]
    lookups = [LOOKUP]
    c = [head, '#include "generated/names.h"\n\nnamespace offprint {\nnamespace {\n\n'
         "template <std::size_t N>\n"
         "constexpr std::array<known_names::Known, N> all_known(const std::array<std::string_view, N>& names) {\n"
         "  std::array<known_names::Known, N> of{};\n"
         "  for (std::size_t i = 0; i < N; ++i) of[i] = known_names::known(names[i]);\n"
         "  return of;\n}\n\n"]
    definitions = []
    for what, names, function in (("Tag", TAGS, "tag"), ("AttributeName", ATTRIBUTES, "attribute")):
        assert len(set(names)) == len(names), [n for n in names if names.count(n) > 1]
        bits, multiplier, slots = table(names)
        h.append(f"enum class {what} : std::uint16_t {{\n  unknown = 0,\n")
        h.extend(f"  {identifier(n)} = {i},\n" for i, n in enumerate(names, 1))
        h.append("};\n")
        h.append(f"inline constexpr std::size_t {function}_count = {len(names) + 1};\n")
        h.append(f"// The id of a name in ASCII lower case; unknown where the table lacks it.\n"
                 f"{what} {function}_from_name(std::string_view lowercase);\n"
                 f"// The name of an id in ASCII lower case; empty for unknown.\n"
                 f"std::string_view name_of({what} id);\n\n")
        lookups.append(f"using {what}Table = known_names::Table<{what}, {function}_count, {bits}, {multiplier}u>;\n"
                 f"extern const {what}Table {function}_table;\n"
                 f"inline known_names::Found<{what}> find_{function}(std::string_view lowercase) {{ return {function}_table.find(known_names::known(lowercase), lowercase); }}\n"
                 f"// The same where eight bytes may be read from the first of the name, which is not empty: faster.\n"
                 f"inline known_names::Found<{what}> find_{function}_from_eight(std::string_view lowercase) {{\n"
                 f"  return {function}_table.find(known_names::known_of_eight(lowercase), lowercase);\n}}\n\n")
        c.append(f"constexpr std::array<std::string_view, {function}_count> {function}_names = {{\n    \"\",\n")
        c.extend(f'    "{n}",\n' for n in names)
        c.append("};\n\n")
        c.append(f"constexpr std::array<std::uint8_t, {1 << bits}> {function}_slots = {{\n")
        for i in range(0, len(slots), 24):
            c.append("    " + ",".join(map(str, slots[i:i + 24])) + ",\n")
        c.append("};\n\n")
        definitions.append(f"constexpr {what}Table {function}_table = {{{function}_names, all_known({function}_names), {function}_slots}};\n"
                           f"{what} {function}_from_name(std::string_view lowercase) {{ return find_{function}(lowercase).id; }}\n"
                           f"std::string_view name_of({what} id) {{\n"
                           f"  return static_cast<std::size_t>(id) < {function}_count ? {function}_names[static_cast<std::size_t>(id)] : std::string_view{{}};\n}}\n\n")
    c.append("}  // namespace\n\n")
    c.extend(definitions)
    h.extend(lookups)
    for file in (h, c):
        file.append("}  // namespace offprint\n")
    wanted = {"names.h": "".join(h), "names.cpp": "".join(c)}
    if "--check" in sys.argv:
        sys.exit(any((root / f).read_text() != text for f, text in wanted.items()))
    for f, text in wanted.items():
        (root / f).write_text(text)


main()
