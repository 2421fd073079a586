#include "tokens/decode.h"

#include <algorithm>
#include <cstring>

#include "base/ascii.h"
#include "base/scan.h"
#include "generated/entities.h"
#include "tokens/tokens.h"

namespace offprint {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

// A string that grows at the end of the arena: amortised linear, and nothing is wasted where it can grow in
// place.
class Builder {
 public:
  explicit Builder(Arena& arena) : arena_(arena) {}

  void append(std::string_view more) {
    if (static_cast<std::size_t>(limit_ - next_) < more.size()) grow(more.size());
    if (!more.empty()) std::memcpy(next_, more.data(), more.size());
    next_ += more.size();
  }
  void append(char c) {
    if (next_ == limit_) grow(1);
    *next_++ = c;
  }
  std::string_view finish() {
    arena_.shrink(limit_, next_);
    return {begin_, static_cast<std::size_t>(next_ - begin_)};
  }

 private:
  void grow(std::size_t more) {
    const auto size = static_cast<std::size_t>(next_ - begin_);
    const std::size_t extra = std::max<std::size_t>({more, size, 256});
    if (begin_ != nullptr && arena_.extend(limit_, extra)) {
      limit_ += extra;
      return;
    }
    char* to = static_cast<char*>(arena_.allocate(size + extra, 1));
    if (size != 0) std::memcpy(to, begin_, size);
    begin_ = to;
    next_ = to + size;
    limit_ = next_ + extra;
  }

  Arena& arena_;
  char *begin_ = nullptr, *next_ = nullptr, *limit_ = nullptr;
};

std::uint32_t put_utf8(std::uint32_t c, char* to) {
  const auto byte = [](std::uint32_t b) { return static_cast<char>(b); };
  if (c < 0x80) {
    to[0] = byte(c);
    return 1;
  }
  if (c < 0x800) {
    to[0] = byte(0xC0 | c >> 6);
    to[1] = byte(0x80 | (c & 0x3F));
    return 2;
  }
  if (c < 0x10000) {
    to[0] = byte(0xE0 | c >> 12);
    to[1] = byte(0x80 | (c >> 6 & 0x3F));
    to[2] = byte(0x80 | (c & 0x3F));
    return 3;
  }
  to[0] = byte(0xF0 | c >> 18);
  to[1] = byte(0x80 | (c >> 12 & 0x3F));
  to[2] = byte(0x80 | (c >> 6 & 0x3F));
  to[3] = byte(0x80 | (c & 0x3F));
  return 4;
}

// https://html.spec.whatwg.org/multipage/parsing.html#numeric-character-reference-end-state
std::uint32_t numeric_character(std::uint32_t c) {
  // What windows-1252 has at 0x80 to 0x9F; 0 where it has nothing and the character stays.
  static constexpr std::uint16_t windows_1252[32] = {
      0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
      0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
      0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
  if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return 0xFFFD;
  if (c >= 0x80 && c <= 0x9F && windows_1252[c - 0x80] != 0) return windows_1252[c - 0x80];
  return c;
}

// https://html.spec.whatwg.org/multipage/parsing.html#numeric-character-reference-state and those after it.
Reference read_numeric(const char* at, const char* end) {
  Reference r;
  const char* p = at + 2;
  std::uint32_t value = 0;
  const char* digits = p;
  if (p != end && (*p | 0x20) == 'x') {
    digits = ++p;
    for (; p != end; ++p) {
      std::uint32_t digit;
      if (is_digit(*p))
        digit = static_cast<std::uint32_t>(*p - '0');
      else if ((*p | 0x20) >= 'a' && (*p | 0x20) <= 'f')
        digit = static_cast<std::uint32_t>((*p | 0x20) - 'a' + 10);
      else
        break;
      value = std::min<std::uint32_t>(value * 16 + digit, 0x110000);
    }
  } else {
    for (; p != end && is_digit(*p); ++p)
      value = std::min<std::uint32_t>(value * 10 + static_cast<std::uint32_t>(*p - '0'), 0x110000);
  }
  if (p == digits) return r;
  if (p != end && *p == ';') ++p;
  r.consumed = static_cast<std::uint32_t>(p - at);
  r.size = put_utf8(numeric_character(value), r.bytes);
  return r;
}

Reference named(std::string_view value, std::size_t name_size) {
  static_assert(longest_entity_value <= sizeof(Reference::bytes));
  Reference r;
  r.consumed = static_cast<std::uint32_t>(name_size + 1);
  r.size = static_cast<std::uint32_t>(value.size());
  std::memcpy(r.bytes, value.data(), value.size());
  return r;
}

}  // namespace

// https://html.spec.whatwg.org/multipage/parsing.html#character-reference-state
// https://html.spec.whatwg.org/multipage/parsing.html#named-character-reference-state
//
// The longest name that the input starts with: all names are letters and digits, then perhaps a semicolon, so
// only one name with a semicolon can match (the whole run of letters and digits), and those without one are
// short.
Reference read_reference(const char* at, const char* end, bool in_attribute) {
  const char* const name = at + 1;
  if (name == end) return {};
  if (*name == '#') return read_numeric(at, end);
  const auto room = static_cast<std::size_t>(end - name);
  std::size_t run = 0;
  for (const std::size_t most = std::min(room, longest_entity); run < most && is_alnum(name[run]);) ++run;
  if (run == 0) return {};
  if (run < room && name[run] == ';') {
    const std::string_view value = entity_value({name, run + 1});
    if (!value.empty()) return named(value, run + 1);
  }
  for (std::size_t size = std::min(run, longest_bare_entity); size >= shortest_bare_entity; --size) {
    // "for historical reasons": &copy=1 in an attribute is not ©=1.
    if (in_attribute && (size < run || (size < room && name[size] == '='))) break;
    const std::string_view value = entity_value({name, size});
    if (!value.empty()) return named(value, size);
  }
  return {};
}

std::string_view decode(std::string_view raw, References references, Nul nul, Arena& arena) {
  const char* p = raw.data();
  const char* const end = p + raw.size();
  const char* copied = p;  // up to here `built` has it
  Builder built(arena);
  bool changed = false;
  for (;;) {
    p = references == References::none ? scan::find<scan::Set::newline>(p, end)
                                       : scan::find<scan::Set::special>(p, end);
    if (p == end) break;
    if (*p == '\0' && nul == Nul::keep) {
      ++p;
      continue;
    }
    Reference r;
    if (*p == '&') {
      r = read_reference(p, end, references == References::attribute);
      if (r.consumed == 0) {
        ++p;
        continue;
      }
    }
    changed = true;
    built.append({copied, static_cast<std::size_t>(p - copied)});
    if (*p == '&') {
      built.append({r.bytes, r.size});
      p += r.consumed;
    } else if (*p == '\0') {
      built.append(replacement);
      ++p;
    } else {
      // https://infra.spec.whatwg.org/#normalize-newlines
      built.append('\n');
      ++p;
      if (p != end && *p == '\n') ++p;
    }
    copied = p;
  }
  if (!changed) return raw;
  built.append({copied, static_cast<std::size_t>(end - copied)});
  return built.finish();
}

std::string_view lower_name(std::string_view raw, Arena& arena) {
  Builder built(arena);
  for (const char c : raw) {
    if (c == '\0')
      built.append(replacement);
    else
      built.append(to_lower(c));
  }
  return built.finish();
}

std::string_view attribute_value(Attribute& attribute, Arena& arena) {
  if (attribute.undecoded) {
    const std::string_view value = decode(attribute.raw_value(), References::attribute, Nul::replace, arena);
    attribute.value_data = value.data();
    attribute.value_size = static_cast<std::uint32_t>(value.size());
    attribute.undecoded = false;
  }
  return attribute.raw_value();
}

}  // namespace offprint
