// Start and end tags with their attributes: after script text, most of what a page is made of.
#include <algorithm>
#include <cstring>

#include "base/ascii.h"
#include "base/scan.h"
#include "generated/names.h"
#include "tokens/decode.h"
#include "tokens/plain_attributes.h"
#include "tokens/tokens.h"

namespace offprint {
namespace {

constexpr std::size_t few = 16;  // attributes that are compared one by one

std::uint32_t offset(const char* from, const char* to) {
  return static_cast<std::uint32_t>(to - from);
}

std::string_view name_at(const char* from, const scan::Name& name, Arena& arena) {
  const std::string_view raw{from, static_cast<std::size_t>(name.end - from)};
  return name.verbatim ? raw : lower_name(raw, arena);
}

// Where eight bytes may be read from the name's first: it stands in the input, and not at its very end.
bool eight_follow(const char* from, const scan::Name& name, const char* end) { return name.verbatim && end - from >= 8; }

bool same_name(const Attribute& a, const Attribute& b) {
  if (a.id != b.id || a.name_size != b.name_size) return false;
  return a.id != AttributeName::unknown || std::memcmp(a.name_data, b.name_data, a.name_size) == 0;
}

std::uint32_t hash_of(const Attribute& a) {
  std::uint64_t h = a.name_size;
  for (const char c : a.name()) h = (h ^ static_cast<unsigned char>(c)) * 0x9E3779B97F4A7C15u;
  return static_cast<std::uint32_t>(h >> 32);
}

const char* skip_spaces(const char* p, const char* end) {
  while (p != end && is_space(*p)) ++p;
  return p;
}

}  // namespace

// https://html.spec.whatwg.org/multipage/parsing.html#tag-name-state
bool Tokenizer::tag(Token& token, bool is_end_tag) {
  const char* const from = at_ + (is_end_tag ? 2 : 1);
  const scan::Name name = scan::name<scan::NameKind::tag>(from, end_);
  const std::size_t first = attributes_.size();
  const char* p = name.end;
  if (p != end_) [[likely]] {
    token.kind = is_end_tag ? TokenKind::end_tag : TokenKind::start_tag;
    token.self_closing = false;
    token.text = name_at(from, name, arena_);
    token.tag = (eight_follow(from, name, end_) ? find_tag_from_eight(token.text) : find_tag(token.text)).id;
    token.attributes_begin = static_cast<std::uint32_t>(first);
    if (*p == '>') {
      ++p;
    } else {
      std::uint64_t seen = 0;
      p = plain_attributes(p, first, seen);
      p = p != end_ && *p == '>' ? p + 1 : attributes(token, p, first, seen);
    }
  } else {
    p = nullptr;
  }
  if (p == nullptr) [[unlikely]] {
    // The input ends within the tag, which is dropped:
    // https://html.spec.whatwg.org/multipage/parsing.html#parse-error-eof-in-tag
    attributes_.resize(first);
    token = Token{TokenKind::eof};
    at_ = end_;
    return false;
  }
  if (is_end_tag) attributes_.resize(first);  // the standard has no use for them
  token.attributes_count = static_cast<std::uint32_t>(attributes_.size() - first);
  finish(token, p);
  return true;
}

// Attributes as nearly all are written, where the machine has what they are found with: what follows them.
inline const char* Tokenizer::plain_attributes(const char* p, [[maybe_unused]] std::size_t first,
                                                    [[maybe_unused]] std::uint64_t& seen) {
#ifdef OFFPRINT_HAS_AVX2
  if (cpu::has_avx512()) {
    const std::size_t most = std::min<std::size_t>(meter_.budgets.attributes, few), count = attributes_.size() - first;
    if (count < most) return take_plain_attributes(p, end_, most - count, attributes_, seen);
  }
#endif
  return p;
}

// https://html.spec.whatwg.org/multipage/parsing.html#before-attribute-name-state and those after it.
const char* Tokenizer::attributes(Token& token, const char* p, std::size_t first, std::uint64_t seen) {
  for (;; p = plain_attributes(p, first, seen)) {
    p = skip_spaces(p, end_);
    if (p == end_) return nullptr;
    if (*p == '>') return p + 1;
    if (*p == '/') {
      // https://html.spec.whatwg.org/multipage/parsing.html#self-closing-start-tag-state
      ++p;
      if (p == end_) return nullptr;
      if (*p != '>') continue;
      token.self_closing = true;
      return p + 1;
    }

    // https://html.spec.whatwg.org/multipage/parsing.html#attribute-name-state: a '=' at its start is part of
    // it.
    const char* const from = p;
    const scan::Name scanned = scan::name<scan::NameKind::attribute>(p + (*p == '=' ? 1 : 0), end_);
    p = scanned.end;
    if (p == end_) return nullptr;
    const char* const name_end = p;

    // https://html.spec.whatwg.org/multipage/parsing.html#after-attribute-name-state
    if (*p != '=') p = skip_spaces(p, end_);
    if (p == end_) return nullptr;
    const char* value = name_end;
    const char* value_end = name_end;
    bool undecoded = false;
    if (*p == '=') {
      // https://html.spec.whatwg.org/multipage/parsing.html#before-attribute-value-state
      ++p;
      if (p != end_ && is_space(*p)) p = skip_spaces(p, end_);
      if (p == end_) return nullptr;
      value = value_end = p;
      if (*p == '"') {
        // https://html.spec.whatwg.org/multipage/parsing.html#attribute-value-(double-quoted)-state
        value = ++p;
        p = scan::find<scan::Set::double_quoted>(p, end_);
        if (p != end_ && *p != '"') {
          undecoded = true;
          p = static_cast<const char*>(std::memchr(p, '"', static_cast<std::size_t>(end_ - p)));
          if (p == nullptr) return nullptr;
        }
        if (p == end_) return nullptr;
        value_end = p++;
      } else if (*p == '\'') {
        // https://html.spec.whatwg.org/multipage/parsing.html#attribute-value-(single-quoted)-state
        value = ++p;
        p = scan::find<scan::Set::single_quoted>(p, end_);
        if (p != end_ && *p != '\'') {
          undecoded = true;
          p = static_cast<const char*>(std::memchr(p, '\'', static_cast<std::size_t>(end_ - p)));
          if (p == nullptr) return nullptr;
        }
        if (p == end_) return nullptr;
        value_end = p++;
      } else {
        // https://html.spec.whatwg.org/multipage/parsing.html#attribute-value-(unquoted)-state, empty before
        // '>'
        for (; p != end_ && *p != '>' && !is_space(*p); ++p) undecoded |= *p == '&' || *p == '\0';
        if (p == end_) return nullptr;
        value_end = p;
      }
    }

    const std::size_t count = attributes_.size() - first;
    if (count >= meter_.budgets.attributes) [[unlikely]] {
      meter_.noted = Limit::attributes;
      continue;
    }
    const std::string_view name = name_at(from, {name_end, scanned.verbatim}, arena_);
    // Filled in place: a copy would wait for its small stores to become one large load.
    Attribute& attribute = attributes_.emplace_back();
    attribute.name_data = name.data();
    attribute.name_size = static_cast<std::uint32_t>(name.size());
    attribute.value_data = value;
    attribute.value_size = offset(value, value_end);
    const FoundAttribute found = eight_follow(from, scanned, end_) ? find_attribute_from_eight(name) : find_attribute(name);
    attribute.id = found.id;
    attribute.ns = AttributeNamespace::none;
    attribute.undecoded = undecoded;
    attribute.number = 0;
    const std::uint64_t bit = bit_of(found);
    if (count <= few && (seen & bit) == 0) [[likely]] {
      seen |= bit;
    } else if (is_duplicate(attribute, first, seen)) {
      attributes_.pop_back();
    }
  }
}

// https://html.spec.whatwg.org/multipage/parsing.html#parse-error-duplicate-attribute: the first one counts.
// Whether the last of attributes_ has the name of one between `first` and it, which its bit among those before (`seen`) left
// open. Beyond a few they are in a hash table, which is rebuilt as it doubles.
bool Tokenizer::is_duplicate(const Attribute& attribute, std::size_t first, std::uint64_t& seen) {
  const std::size_t count = attributes_.size() - 1 - first;
  if (count <= few) {
    for (std::size_t i = first; i < first + count; ++i)
      if (same_name(attributes_[i], attribute)) return true;
    return false;
  }
  const auto insert = [this](std::uint32_t slot, std::uint32_t value) {
    while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = value;
  };
  // Of a power of two of slots at most half are taken; 0 is free, else one more than the index from `first`.
  constexpr std::uint64_t table_begun = ~std::uint64_t{0};  // more bits than a few attributes can have set
  const bool begun = seen == table_begun;
  if (!begun || (count + 1) * 2 > slots_.size()) {
    slots_.assign(begun ? slots_.size() * 2 : 8 * few, 0);
    for (std::size_t i = 0; i < count; ++i)
      insert(hash_of(attributes_[first + i]) & (slots_.size() - 1), static_cast<std::uint32_t>(i + 1));
  }
  seen = table_begun;
  std::size_t slot = hash_of(attribute) & (slots_.size() - 1);
  for (; slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1))
    if (same_name(attributes_[first + slots_[slot] - 1], attribute)) return true;
  slots_[slot] = static_cast<std::uint32_t>(count + 1);
  return false;
}

}  // namespace offprint
