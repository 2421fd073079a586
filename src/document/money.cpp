// Numbers first, then the currency beside each, then what the words around say: how often, and whether at
// least.
#include "document/money.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/unicode.h"
#include "document/dates.h"
#include "document/words.h"

namespace offprint {
namespace {

struct Sign {
  std::string_view sign, code;
};
// Signs and short forms; longer ones before those they begin with. Words are in
// src/roles/lexicons/currency.txt.
constexpr Sign signs[] = {
    {"US$", "USD"}, {"U.S.$", "USD"}, {"USD$", "USD"}, {"CA$", "CAD"}, {"CAD$", "CAD"}, {"C$", "CAD"},
    {"AU$", "AUD"}, {"A$", "AUD"},    {"NZ$", "NZD"},  {"HK$", "HKD"}, {"NT$", "TWD"},  {"MX$", "MXN"},
    {"R$", "BRL"},  {"S$", "SGD"},    {"AR$", "ARS"},  {"$", "USD"},   {"＄", "USD"},   {"€", "EUR"},
    {"£", "GBP"},   {"￡", "GBP"},    {"JP¥", "JPY"},  {"CN¥", "CNY"}, {"RMB¥", "CNY"}, {"¥", "JPY"},
    {"￥", "JPY"},  {"₽", "RUB"},     {"₴", "UAH"},    {"₺", "TRY"},   {"₹", "INR"},    {"₩", "KRW"},
    {"₪", "ILS"},   {"₸", "KZT"},     {"₾", "GEL"},    {"֏", "AMD"},   {"₫", "VND"},    {"฿", "THB"},
    {"₱", "PHP"},   {"₦", "NGN"},     {"₵", "GHS"},    {"₼", "AZN"},   {"₡", "CRC"},    {"₿", "XBT"},
    {"元", "CNY"},  {"圓", "TWD"},    {"块", "CNY"},   {"円", "JPY"},  {"원", "KRW"},   {"zł", "PLN"},
    {"zl", "PLN"},  {"Kč", "CZK"},    {"Kčs", "CZK"},  {"Fr.", "CHF"}, {"SFr", "CHF"},  {"Rs.", "INR"},
    {"Rs", "INR"},  {"TL", "TRY"},    {"лв", "BGN"},   {"р.", "RUB"},  {"р", "RUB"},    {"ج.م", "EGP"},
    {"د.إ", "AED"}, {"ر.س", "SAR"},   {"د.م", "MAD"},  {"د.ك", "KWD"}, {"د.أ", "JOD"},  {"ل.ل", "LBP"},
    {"﷼", "SAR"},   {"Ft", "HUF"},    {"kr", "SEK"},
};
// Codes that are written out beside amounts, in capitals.
constexpr std::string_view codes[] = {
    "AED", "AMD", "ARS", "AUD", "AZN", "BGN", "BRL", "BYN", "CAD", "CHF", "CLP", "CNY", "COP",
    "CZK", "DKK", "EGP", "EUR", "GBP", "GEL", "GHS", "HKD", "HUF", "IDR", "ILS", "INR", "ISK",
    "JOD", "JPY", "KES", "KRW", "KWD", "KZT", "LBP", "MAD", "MDL", "MXN", "MYR", "NGN", "NOK",
    "NZD", "PEN", "PHP", "PKR", "PLN", "QAR", "RON", "RSD", "RUB", "SAR", "SEK", "SGD", "THB",
    "TND", "TRY", "TWD", "UAH", "USD", "UYU", "UZS", "VND", "XOF", "ZAR"};
// What multiplies a number; folded, that is in lower case. Words must end where they end.
struct Factor {
  std::string_view word;
  double factor;
};
constexpr Factor factors[] = {
    {"thousand", 1e3},  {"million", 1e6},  {"millions", 1e6}, {"billion", 1e9},  {"k", 1e3},
    {"mln", 1e6},       {"mio", 1e6},      {"tsd", 1e3},      {"tausend", 1e3},  {"millionen", 1e6},
    {"mrd", 1e9},       {"mille", 1e3},    {"mil", 1e3},      {"millones", 1e6}, {"milhão", 1e6},
    {"milhões", 1e6},   {"mila", 1e3},     {"milioni", 1e6},  {"milione", 1e6},  {"тыс", 1e3},
    {"тысяч", 1e3},     {"тысячи", 1e3},   {"тысяча", 1e3},   {"млн", 1e6},      {"миллионов", 1e6},
    {"миллиона", 1e6},  {"миллион", 1e6},  {"млрд", 1e9},     {"тис", 1e3},      {"тисяч", 1e3},
    {"мільйонів", 1e6}, {"мільйони", 1e6}, {"tys", 1e3},      {"tysięcy", 1e3},  {"tysiące", 1e3},
    {"milionów", 1e6},  {"miliony", 1e6},  {"bin", 1e3},      {"milyon", 1e6},   {"milyar", 1e9},
    {"ألف", 1e3},       {"آلاف", 1e3},     {"مليون", 1e6},    {"ملايين", 1e6},   {"lakh", 1e5},
    {"lakhs", 1e5},     {"crore", 1e7},    {"crores", 1e7}};
constexpr Factor cjk_factors[] = {{"百万", 1e6}, {"千万", 1e7}, {"万", 1e4}, {"萬", 1e4},
                                  {"億", 1e8},   {"亿", 1e8},   {"千", 1e3}};

// Short forms of periods that stand right behind an amount, folded.
struct Period {
  std::string_view word;
  PhraseValue value;
};
// These need no stroke before them: "5 € mtl.", "300 ₽ мес".
constexpr Period bare_periods[] = {{"once", PhraseValue::once},    {"mtl", PhraseValue::monthly},
                                   {"mies", PhraseValue::monthly}, {"мес", PhraseValue::monthly},
                                   {"міс", PhraseValue::monthly},  {"p.m.", PhraseValue::monthly},
                                   {"p.a.", PhraseValue::annual}};
// These do: "$5/mo".
constexpr Period short_periods[] = {
    {"mo", PhraseValue::monthly},  {"mth", PhraseValue::monthly},  {"mtl", PhraseValue::monthly},
    {"mes", PhraseValue::monthly}, {"mies", PhraseValue::monthly}, {"мес", PhraseValue::monthly},
    {"міс", PhraseValue::monthly}, {"ay", PhraseValue::monthly},   {"m", PhraseValue::monthly},
    {"月", PhraseValue::monthly},  {"شهر", PhraseValue::monthly},  {"yr", PhraseValue::annual},
    {"y", PhraseValue::annual},    {"an", PhraseValue::annual},    {"год", PhraseValue::annual},
    {"рік", PhraseValue::annual},  {"年", PhraseValue::annual},    {"wk", PhraseValue::weekly},
    {"週", PhraseValue::weekly},   {"周", PhraseValue::weekly},    {"pm", PhraseValue::monthly},
    {"pa", PhraseValue::annual},   {"p.m.", PhraseValue::monthly}, {"p.a.", PhraseValue::annual}};

// What makes an amount the least one where it stands behind it.
constexpr std::string_view minimum_behind[] = {"or more",
                                               "and up",
                                               "and more",
                                               "or above",
                                               "minimum",
                                               "min.",
                                               "oder mehr",
                                               "ou plus",
                                               "o más",
                                               "ou mais",
                                               "o più",
                                               "lub więcej",
                                               "или больше",
                                               "или более",
                                               "і більше",
                                               "або більше",
                                               "veya daha fazla",
                                               "'den",
                                               "’den",
                                               "'dan",
                                               "’dan",
                                               "'ten",
                                               "’ten",
                                               "'tan",
                                               "’tan",
                                               "'lik",
                                               "den başlayan",
                                               "dan başlayan",
                                               "أو أكثر",
                                               "فأكثر",
                                               "起",
                                               "以上",
                                               "から",
                                               "より",
                                               "부터",
                                               "이상",
                                               "+"};

constexpr bool is_blank(char32_t c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xA0 || c == 0x202F || c == 0x2009 ||
         c == 0x200A || c == 0x200E || c == 0x200F || c == 0x3000 || c == 0x2007 || c == 0x2066 ||
         c == 0x2069;
}

// The value of a decimal digit of the scripts in use, or -1.
int digit_of(char32_t c) {
  if (c >= '0' && c <= '9') return static_cast<int>(c - '0');
  for (const char32_t zero : {0x660u, 0x6F0u, 0x966u, 0x9E6u, 0xFF10u})
    if (c >= zero && c <= zero + 9) return static_cast<int>(c - zero);
  return -1;
}

std::size_t skip_blanks(std::string_view text, std::size_t at, int most = 3) {
  for (int k = 0; at < text.size() && k < most; ++k) {
    const CodePoint c = code_point_at(text, at);
    if (!is_blank(c.value)) break;
    at += c.size;
  }
  return at;
}

bool letter_at(std::string_view text, std::size_t at) {
  return at < text.size() && is_letter(code_point_at(text, at).value) &&
         !is_cjk(code_point_at(text, at).value);
}
bool letter_before(std::string_view text, std::size_t end) {
  if (end == 0) return false;
  const char32_t c = code_point_before(text, end).value;
  return is_letter(c) && !is_cjk(c);
}

bool is_small_letter(char32_t c) {
  const Writing w = writing_of(c);
  return is_letter(c) && !is_upper_letter(c) &&
         (w == Writing::latin || w == Writing::cyrillic || w == Writing::greek);
}

// "1. Juli": the stop at `stop` makes an ordinal of the number before it, and a month follows at `after`.
bool is_ordinal_day(std::string_view text, std::size_t stop, std::size_t after) {
  std::size_t digits = stop;
  while (digits > 0 && stop - digits < 3 && is_digit(text[digits - 1])) --digits;
  if (digits == stop || stop - digits > 2) return false;
  if (digits > 0 && text[digits - 1] != ' ') return false;  // "$10. July …" ends there
  std::size_t end = after;
  while (end < text.size() && is_letter(code_point_at(text, end).value)) end += code_point_at(text, end).size;
  char folded[48];
  return month_of(fold_into(text.substr(after, end - after), folded, sizeof folded)) != 0;
}

// `text` at `at` begins with a word in lower case, whatever the case of the text.
bool begins_with(std::string_view text, std::size_t at, std::string_view lower, std::size_t& end) {
  std::size_t i = at, k = 0;
  while (k < lower.size()) {
    if (i >= text.size()) return false;
    if (lower_of(next_code_point(text, i)) != next_code_point(lower, k)) return false;
  }
  end = i;
  return true;
}

struct Token {  // a currency in the text
  std::uint32_t begin, end;
  std::string_view code;
  bool dollar;  // the sign alone: a code beside the number says whose
};

// The bytes that signs begin with: most places of a text need no further look.
constexpr std::array<bool, 256> begins_sign = [] {
  std::array<bool, 256> bytes{};
  for (const Sign& s : signs) bytes[static_cast<unsigned char>(s.sign[0])] = true;
  return bytes;
}();

// The currency that begins at `at`, by sign or code.
bool token_at(std::string_view text, std::size_t at, Token& out) {
  if (begins_sign[static_cast<unsigned char>(text[at])])
    for (const Sign& s : signs) {
      if (!text.substr(at).starts_with(s.sign)) continue;
      const std::size_t end = at + s.sign.size();
      // A sign of letters is a word of its own, but digits may touch it.
      if (letter_at(s.sign, 0) && letter_before(text, at)) continue;
      if (letter_before(s.sign, s.sign.size()) && letter_at(text, end)) continue;
      out = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end), s.code, s.sign == "$"};
      return true;
    }
  if (text.size() - at >= 3 && is_upper(text[at]) && is_upper(text[at + 1]) && is_upper(text[at + 2]) &&
      !letter_before(text, at) && !letter_at(text, at + 3))
    for (const std::string_view code : codes)
      if (text.substr(at, 3) == code) {
        out = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + 3), code, false};
        return true;
      }
  return false;
}

constexpr std::size_t max_tokens = 128;

std::size_t find_tokens(std::string_view text, std::span<Token, max_tokens> out) {
  std::size_t n = 0;
  for (std::size_t at = 0; at < text.size() && n < max_tokens;) {
    Token token;
    const auto c = static_cast<unsigned char>(text[at]);
    if ((c >= 0x80 || c == '$' || is_alpha(static_cast<char>(c))) && token_at(text, at, token)) {
      out[n++] = token;
      at = token.end;
    } else {
      at += code_point_at(text, at).size;
    }
  }
  std::array<PhraseHit, 64> words;
  const std::size_t found = find_phrases(text, bit_of(Purpose::currency), words);
  for (std::size_t i = 0; i < found && n < max_tokens; ++i) {
    const PhraseHit& w = words[i];
    const auto index =
        static_cast<std::size_t>(w.value) - static_cast<std::size_t>(PhraseValue::first_currency);
    if (index >= currency_codes().size()) continue;
    std::size_t k = 0;  // "USD" is both a code and a word; "美元" ends in the sign "元"
    while (k < n && (out[k].end <= w.begin || w.end <= out[k].begin)) ++k;
    if (k < n && out[k].end - out[k].begin >= w.end - w.begin) continue;
    out[k] = {w.begin, w.end, currency_codes()[index], false};
    if (k == n) ++n;
  }
  std::sort(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(n),
            [](const Token& a, const Token& b) { return a.begin < b.begin; });
  return n;
}

// What follows a number and belongs to it: "5.–", "5,-", "k", "million". Returns the new end.
std::size_t read_tail(std::string_view text, std::size_t end, double& value) {
  for (const std::string_view dash : {",-", ",–", ",—", ".-", ".–", ".—"})
    if (text.substr(end).starts_with(dash) &&
        !(end + dash.size() < text.size() && is_digit(text[end + dash.size()])))
      return end + dash.size();
  const std::size_t at = skip_blanks(text, end, 1);
  for (const Factor& f : cjk_factors)
    if (text.substr(at).starts_with(f.word)) {
      value *= f.factor;
      return at + f.word.size();
    }
  for (const Factor& f : factors) {
    std::size_t behind = 0;
    if (!begins_with(text, at, f.word, behind) || letter_at(text, behind)) continue;
    if (f.word == "k" && at != end) continue;
    value *= f.factor;
    if (behind < text.size() && text[behind] == '.') ++behind;
    // "2 millions d'euros", "2 milhões de reais"
    const std::size_t next = skip_blanks(text, behind, 1);
    std::size_t joined = 0;
    for (const std::string_view of : {"d'", "d’", "de ", "di ", "of "})
      if (begins_with(text, next, of, joined)) return joined;
    return behind;
  }
  return end;
}

// Whose sign may be "$" alone.
bool is_dollar_or_peso(std::string_view code) {
  return code.ends_with('D') || code == "MXN" || code == "ARS" || code == "CLP" || code == "COP" ||
         code == "UYU";
}

// No end of a sentence or other number between two places of a text.
bool same_clause(std::string_view between) {
  for (std::size_t i = 0; i < between.size();) {
    const std::size_t at = i;
    const char32_t c = next_code_point(between, i);
    if (digit_of(c) >= 0 || c == '!' || c == '?' || c == ';' || c == 0x3002 || c == 0xFF01 || c == 0xFF1F ||
        c == '|')
      return false;
    if (c == '.' && (i >= between.size() || is_blank(code_point_at(between, i).value)) &&
        !(at >= 1 && at <= 5))  // "руб. в месяц" goes on
      return false;
  }
  return true;
}

void read_words_around(std::string_view text, std::span<const PhraseHit> hits, std::uint32_t previous_end,
                       FoundMoney& m) {
  // How often: right behind first, then before.
  const PhraseHit* best = nullptr;
  for (const PhraseHit& h : hits) {
    if (h.purpose != Purpose::frequency || h.begin < m.end || h.begin > m.end + 24) continue;
    if (!same_clause(text.substr(m.end, h.begin - m.end))) break;
    best = &h;
    break;
  }
  std::size_t at = skip_blanks(text, m.end);
  if (at < text.size() && (text[at] == '/' || text.substr(at).starts_with("／"))) {
    at = skip_blanks(text, at + code_point_at(text, at).size);
    for (const Period& p : short_periods) {
      std::size_t end = 0;
      if (begins_with(text, at, p.word, end) && !letter_at(text, end)) m.frequency = p.value;
    }
  } else if (best == nullptr) {
    for (const Period& p : bare_periods) {
      std::size_t end = 0;
      if (begins_with(text, at, p.word, end) && !letter_at(text, end)) m.frequency = p.value;
    }
  }
  if (m.frequency == PhraseValue::none && best != nullptr) m.frequency = best->value;
  if (m.frequency == PhraseValue::none) {
    for (const PhraseHit& h : hits) {
      if (h.purpose != Purpose::frequency || h.end > m.begin || h.begin < previous_end ||
          m.begin - h.end > 48)
        continue;
      if (same_clause(text.substr(h.end, m.begin - h.end))) m.frequency = h.value;  // the nearest is the last
    }
  }
  // At least: the words end right before the amount, or begin right behind it.
  for (const PhraseHit& h : hits)
    if (h.purpose == Purpose::minimum && h.end <= m.begin && m.begin - h.end <= 4 &&
        same_clause(text.substr(h.end, m.begin - h.end)))
      m.minimum = true;
  std::size_t behind = skip_blanks(text, m.end);
  if (best != nullptr && best->begin <= m.end + 8) {  // "$5 a month or more"
    const std::size_t later = skip_blanks(text, best->end);
    for (const std::string_view word : minimum_behind) {
      std::size_t end = 0;
      m.minimum |= begins_with(text, later, word, end) && !letter_at(text, end);
    }
  }
  for (const std::string_view word : minimum_behind) {
    std::size_t end = 0;
    if (begins_with(text, behind, word, end) && !letter_at(text, end)) m.minimum = true;
  }
}

}  // namespace

std::size_t read_number(std::string_view text, double& value) {
  // Groups of digits and the separators between them, as far as they make one number.
  struct Group {
    std::uint32_t begin, end, digits;
    double value;
    char32_t before;  // the separator before it
  };
  std::array<Group, 12> groups;
  std::size_t n = 0, at = 0;
  while (n < groups.size()) {
    Group g{static_cast<std::uint32_t>(at), 0, 0, 0, 0};
    std::size_t i = at;
    if (n > 0) {
      if (i >= text.size()) break;
      const CodePoint c = code_point_at(text, i);
      const bool separates = c.value == ',' || c.value == '.' || c.value == '\'' || c.value == 0x2019 ||
                             c.value == 0x66B || c.value == 0x66C || c.value == 0xFF0C || c.value == 0xFF0E ||
                             c.value == 0x60C || c.value == ' ' || c.value == 0xA0 || c.value == 0x202F ||
                             c.value == 0x2009;
      if (!separates) break;
      g.before = c.value;
      i += c.size;
    }
    while (i < text.size()) {
      const CodePoint c = code_point_at(text, i);
      const int d = digit_of(c.value);
      if (d < 0) break;
      g.value = g.value * 10 + d;
      ++g.digits;
      i += c.size;
    }
    if (g.digits == 0 || g.digits > 15) break;
    g.end = static_cast<std::uint32_t>(i);
    groups[n++] = g;
    at = i;
  }
  if (n == 0) return 0;
  const auto kind = [](char32_t c) -> char {
    if (c == ',' || c == 0xFF0C || c == 0x60C) return ',';
    if (c == '.' || c == 0xFF0E) return '.';
    if (c == '\'' || c == 0x2019) return '\'';
    if (c == 0x66B) return 'd';  // Arabic decimal separator
    if (c == 0x66C) return 't';  // Arabic thousands separator
    return ' ';
  };
  value = groups[0].value;
  std::size_t used = 1;
  const bool short_head = groups[0].digits <= 3 && !(groups[0].digits == 1 && groups[0].value == 0);
  // Grouped thousands: three digits each; in India two, the last three.
  if (n > 1 && short_head && kind(groups[1].before) != 'd') {
    const char mark = kind(groups[1].before);
    std::size_t k = 1;
    while (k < n && kind(groups[k].before) == mark && groups[k].digits == 3) ++k;
    if (k == 1 && mark == ',') {
      std::size_t q = 1;
      while (q < n && kind(groups[q].before) == mark && groups[q].digits == 2) ++q;
      if (q > 1 && q < n && kind(groups[q].before) == mark && groups[q].digits == 3 && groups[0].digits <= 2)
        k = q + 1;
    }
    for (std::size_t q = 1; q < k; ++q) {
      value = value * (groups[q].digits == 3 ? 1000 : 100) + groups[q].value;
      used = q + 1;
    }
  }
  // A decimal part, behind another sign than the groups'.
  if (used < n) {
    const Group& g = groups[used];
    const char mark = kind(g.before);
    const bool decimal =
        mark == 'd' || ((mark == ',' || mark == '.') && (used == 1 || kind(groups[1].before) != mark));
    const bool again = used + 1 < n && kind(groups[used + 1].before) == mark;  // "1.2.3" is no number
    if (decimal && !again && (g.digits <= 2 || groups[0].value == 0 || g.digits > 3)) {
      double scale = 1;
      for (std::uint32_t d = 0; d < g.digits; ++d) scale *= 10;
      value += g.value / scale;
      ++used;
    }
  }
  return groups[used - 1].end;
}

std::size_t find_money(std::string_view text, std::span<FoundMoney> out, bool bare) {
  if (text.size() > 4096) {
    std::size_t end = 4096;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    text = text.substr(0, end);
  }
  std::array<Token, max_tokens> tokens;
  const std::size_t token_count = find_tokens(text, tokens);
  if (token_count == 0 && !bare) return 0;
  std::array<PhraseHit, 96> hits;
  const std::size_t hit_count =
      find_phrases(text, bit_of(Purpose::frequency) | bit_of(Purpose::minimum), hits);

  std::size_t n = 0, next_token = 0, listed_from = text.npos;
  for (std::size_t at = 0; at < text.size() && n < out.size();) {
    const CodePoint c = code_point_at(text, at);
    if (digit_of(c.value) < 0) {
      at += c.size;
      continue;
    }
    FoundMoney m;
    // "5 20 50 100" on buttons: blanks that part numbers before group no thousands behind.
    const bool listed = bare && at == listed_from;
    const std::size_t stop = listed ? std::min(text.find(' ', at), text.size()) : text.size();
    const std::size_t size = read_number(text.substr(at, stop - at), m.amount);
    if (size == 0) {
      at += c.size;
      continue;
    }
    const std::size_t begin = at;
    std::size_t end = read_tail(text, at + size, m.amount);
    at = end;
    listed_from =
        end + 1 < text.size() && text[end] == ' ' && digit_of(code_point_at(text, end + 1).value) >= 0
            ? end + 1
            : text.npos;
    while (next_token < token_count && tokens[next_token].end <= begin &&
           skip_blanks(text, tokens[next_token].end) < begin)
      ++next_token;
    m.begin = static_cast<std::uint32_t>(begin);
    m.end = static_cast<std::uint32_t>(end);
    const Token* before =
        next_token < token_count && tokens[next_token].end <= begin ? &tokens[next_token] : nullptr;
    if (before != nullptr) ++next_token;
    // Behind: "5 €", "5-dollar". A sign that touches the next number is that one's.
    const Token* behind = nullptr;
    if (next_token < token_count) {
      const Token& t = tokens[next_token];
      std::size_t p = skip_blanks(text, end);
      if (p < text.size() && text[p] == '-') ++p;
      const std::size_t next = before != nullptr ? skip_blanks(text, t.end) : std::size_t(t.end);
      const bool next_ones = next < text.size() && digit_of(code_point_at(text, next).value) >= 0 && p != end;
      if (t.begin == p && !next_ones) behind = &t;
    }
    if (before != nullptr) {
      m.currency = before->code;
      m.begin = before->begin;
      if (behind != nullptr &&
          (behind->code == before->code || (before->dollar && is_dollar_or_peso(behind->code)) ||
           (before->code == "JPY" && behind->code == "CNY"))) {
        m.currency = behind->code;  // "$5 CAD"
        m.end = behind->end;
      }
    } else if (behind != nullptr) {
      m.currency = behind->code;
      m.end = behind->end;
      // "5 $ CA", "5 $ US"
      if (behind->dollar) {
        const std::size_t p = skip_blanks(text, behind->end, 1);
        for (const Sign& s : {Sign{"CA", "CAD"}, Sign{"US", "USD"}, Sign{"AU", "AUD"}})
          if (text.substr(p).starts_with(s.sign) && !letter_at(text, p + 2)) {
            m.currency = s.code;
            m.end = static_cast<std::uint32_t>(p + 2);
          }
      }
    } else if (!bare || letter_before(text, begin) || letter_at(text, end)) {
      continue;
    }
    if (behind != nullptr && m.end >= behind->end) ++next_token;
    if (m.end < text.size() && text[m.end] == '.' && m.end > 0 && m.currency == "RUB") ++m.end;  // "руб."
    at = std::max<std::size_t>(at, m.end);
    // ¥ is the yen's and the yuan's sign; Chinese words beside it tell.
    if (m.currency == "JPY" && (text.find("每") != text.npos || text.find("元") != text.npos) &&
        text.find("円") == text.npos && text.find("毎") == text.npos)
      m.currency = "CNY";
    read_words_around(text, {hits.data(), hit_count}, n == 0 ? 0 : out[n - 1].end, m);
    out[n++] = m;
  }
  return n;
}

std::string_view currency_of(std::string_view text) {
  text = trim(text);
  if (text.empty()) return {};
  if (text.size() == 3)
    for (const std::string_view code : codes)
      if (equal_ascii_case(text, code)) return code;
  Token token;
  if (token_at(text, 0, token) && token.end == text.size()) return token.code;
  PhraseHit hit[1];
  if (find_phrases(text, bit_of(Purpose::currency), hit) == 1 && hit[0].begin == 0 &&
      hit[0].end == text.size()) {
    const auto index =
        static_cast<std::size_t>(hit[0].value) - static_cast<std::size_t>(PhraseValue::first_currency);
    if (index < currency_codes().size()) return currency_codes()[index];
  }
  return {};
}

PhraseValue frequency_of(std::string_view text) {
  text = trim(text);
  constexpr Period words[] = {{"once", PhraseValue::once},
                              {"one-time", PhraseValue::once},
                              {"onetime", PhraseValue::once},
                              {"one_time", PhraseValue::once},
                              {"one_off", PhraseValue::once},
                              {"oneoff", PhraseValue::once},
                              {"one-off", PhraseValue::once},
                              {"single", PhraseValue::once},
                              {"just-once", PhraseValue::once},
                              {"monthly", PhraseValue::monthly},
                              {"month", PhraseValue::monthly},
                              {"month_1", PhraseValue::monthly},
                              {"recurring-monthly", PhraseValue::monthly},
                              {"annual", PhraseValue::annual},
                              {"annually", PhraseValue::annual},
                              {"yearly", PhraseValue::annual},
                              {"year", PhraseValue::annual},
                              {"weekly", PhraseValue::weekly},
                              {"week", PhraseValue::weekly}};
  for (const Period& w : words)
    if (equal_ascii_case(text, w.word)) return w.value;
  PhraseHit hits[4];
  if (text.size() > 64) return PhraseValue::none;
  const std::size_t n = find_phrases(text, bit_of(Purpose::frequency), hits);
  if (n == 0) return PhraseValue::none;
  std::size_t covered = 0;
  for (std::size_t i = 0; i < n; ++i) {
    if (hits[i].value != hits[0].value) return PhraseValue::none;
    covered += hits[i].end - hits[i].begin;
  }
  return covered * 2 >= text.size() ? hits[0].value : PhraseValue::none;
}

std::string_view name_of(PhraseValue frequency) {
  switch (frequency) {
    case PhraseValue::once:
      return "once";
    case PhraseValue::monthly:
      return "monthly";
    case PhraseValue::annual:
      return "annual";
    case PhraseValue::weekly:
      return "weekly";
    default:
      return {};
  }
}

std::string_view period_of(PhraseValue frequency) {
  switch (frequency) {
    case PhraseValue::monthly:
      return "month";
    case PhraseValue::annual:
      return "year";
    case PhraseValue::weekly:
      return "week";
    default:
      return {};
  }
}

std::string_view sentence_at(std::string_view text, std::size_t at) {
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t mark = i;
    const char32_t c = next_code_point(text, i);
    bool ends = c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == '\n' || c == 0x964;
    if (c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x61F) {
      std::size_t next = i;  // past closing quotes
      while (next < text.size()) {
        const CodePoint q = code_point_at(text, next);
        if (q.value != '"' && q.value != '\'' && q.value != ')' && q.value != 0x201D && q.value != 0x2019 &&
            q.value != 0xBB)
          break;
        next += q.size;
      }
      const std::size_t after = skip_blanks(text, next);
      if (next >= text.size()) {
        ends = true;
      } else if (after > next && after < text.size()) {
        const char32_t follows = code_point_at(text, after).value;
        // "300 руб. в месяц" and "1. Juli" go on.
        ends = c != '.' ||
               !(is_small_letter(follows) || digit_of(follows) >= 0 || is_ordinal_day(text, mark, after));
        if (ends) i = next;
      }
    }
    if (!ends) continue;
    if (at < i || i >= text.size()) return trim(text.substr(begin, (c == '\n' ? mark : i) - begin));
    begin = i;
  }
  return trim(text.substr(begin));
}

}  // namespace offprint
