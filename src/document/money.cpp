// Numbers first, then the currency beside each, then what the words around say: how often, and whether at
// least.
#include "document/money.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.h"
#include "base/unicode.h"
#include "document/money_parts.h"
#include "document/words.h"

namespace offprint {
namespace {

using namespace money;

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
                                               "upwards",
                                               "minimum",
                                               "min.",
                                               "oder mehr",
                                               "und mehr",
                                               "aufwärts",
                                               "ou plus",
                                               "et plus",
                                               "o más",
                                               "y más",
                                               "en adelante",
                                               "ou mais",
                                               "e mais",
                                               "o più",
                                               "e più",
                                               "in su",
                                               "lub więcej",
                                               "i więcej",
                                               "wzwyż",
                                               "или больше",
                                               "или более",
                                               "и больше",
                                               "и более",
                                               "и выше",
                                               "і більше",
                                               "або більше",
                                               "та більше",
                                               "і вище",
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
                                               "başlayan",
                                               "başlayarak",
                                               "itibaren",
                                               "bile",
                                               "أو أكثر",
                                               "فأكثر",
                                               "起",
                                               "以上",
                                               "から",
                                               "より",
                                               "부터",
                                               "이상",
                                               "+"};

// The byte that what stands at `at` begins with in lower case; words that begin with another need no look.
char first_lower(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  char bytes[4];
  append_utf8(bytes, lower_of(code_point_at(text, at).value));
  return bytes[0];
}

// What follows a number and belongs to it: "5.–", "5,-", "k", "million". Returns the new end.
std::size_t read_tail(std::string_view text, std::size_t end, double& value) {
  for (const std::string_view dash : {",-", ",–", ",—", ".-", ".–", ".—"})
    if (text.substr(end).starts_with(dash) &&
        !(end + dash.size() < text.size() && is_digit(text[end + dash.size()])))
      return end + dash.size();
  const std::size_t at = skip_blanks(text, end, 1);
  const char first = first_lower(text, at);
  for (const Factor& f : cjk_factors)
    if (text.substr(at).starts_with(f.word)) {
      value *= f.factor;
      return at + f.word.size();
    }
  for (const Factor& f : factors) {
    std::size_t behind = 0;
    if (f.word[0] != first || !begins_with(text, at, f.word, behind) || letter_at(text, behind)) continue;
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

// "5 € and more", but not "5 € and more readers": these end a clause, or a period follows.
bool goes_on(std::string_view word) {
  for (const std::string_view also : {"and more", "und mehr", "et plus", "y más", "e mais", "e più", "i więcej", "и больше", "и более", "і більше", "та більше"})
    if (word == also) return true;
  return false;
}
bool says_minimum(std::string_view text, std::size_t at, std::span<const PhraseHit> hits) {
  const char first = first_lower(text, at);
  for (const std::string_view word : minimum_behind) {
    std::size_t end = 0;
    if (word[0] != first || !begins_with(text, at, word, end) || letter_at(text, end)) continue;
    const std::size_t next = skip_blanks(text, end);
    if (!goes_on(word) || next == text.size() || !is_word(code_point_at(text, next).value)) return true;
    for (const PhraseHit& h : hits)
      if (h.purpose == Purpose::frequency && h.begin == next) return true;
  }
  return false;
}

// "月500円", "費用は年に5,000円": right before an amount, and a word of its own; "5月" and "今月" are months of the year, "半年" and "三个月" so
// many of them.
PhraseValue period_before(std::string_view head) {
  for (const auto& [word, value] : {std::pair{"月", PhraseValue::monthly}, std::pair{"年", PhraseValue::annual}, std::pair{"週", PhraseValue::weekly}})
    for (const std::string_view joint : {"", "に", "あたり"}) {
      std::string_view rest = head;
      if (!rest.ends_with(joint)) continue;
      rest.remove_suffix(joint.size());
      if (!rest.ends_with(word)) continue;
      rest.remove_suffix(std::string_view(word).size());
      const std::string_view bare = trim(rest);
      if (bare.empty()) return value;
      const char32_t last = code_point_before(bare, bare.size()).value;
      if (digit_of(last) >= 0) continue;
      bool parted = bare.size() < rest.size() || !is_word(last);
      for (const std::string_view particle : {"は", "が", "を", "で", "に", "と", "も", "の", "へ", "や", "て", "、"}) parted |= bare.ends_with(particle);
      if (parted) return value;
    }
  return PhraseValue::none;
}

// How far a stretch of text goes: letters, of which a Chinese or Japanese one says as much as three.
std::size_t reach_of(std::string_view between) {
  std::size_t n = 0;
  for (std::size_t at = 0; at < between.size();) n += is_cjk(next_code_point(between, at)) ? 3 : 1;
  return n;
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
    const char first = first_lower(text, at);
    for (const Period& p : short_periods) {
      std::size_t end = 0;
      if (p.word[0] == first && begins_with(text, at, p.word, end) && !letter_at(text, end)) m.frequency = p.value;
    }
  } else if (best == nullptr) {
    const char first = first_lower(text, at);
    for (const Period& p : bare_periods) {
      std::size_t end = 0;
      if (p.word[0] == first && begins_with(text, at, p.word, end) && !letter_at(text, end)) m.frequency = p.value;
    }
  }
  if (m.frequency == PhraseValue::none && best != nullptr) m.frequency = best->value;
  if (m.frequency == PhraseValue::none) {
    for (const PhraseHit& h : hits) {
      if (h.purpose != Purpose::frequency || h.end > m.begin || h.begin < previous_end ||
          m.begin - h.end > 96 || reach_of(text.substr(h.end, m.begin - h.end)) > 48)
        continue;
      if (same_clause(text.substr(h.end, m.begin - h.end))) m.frequency = h.value;  // the nearest is the last
    }
  }
  if (m.frequency == PhraseValue::none) m.frequency = period_before(text.substr(0, m.begin));
  // At least: the words end right before the amount, or begin right behind it.
  bool least = false;
  for (const PhraseHit& h : hits)
    if (h.purpose == Purpose::minimum && h.value != PhraseValue::gift && h.value != PhraseValue::raised && h.end <= m.begin && m.begin - h.end <= 4 &&
        same_clause(text.substr(h.end, m.begin - h.end)))
      (h.value == PhraseValue::merely ? m.merely : least) = true;
  const std::size_t behind = skip_blanks(text, m.end);
  if (best != nullptr && best->begin <= m.end + 8)  // "$5 a month or more"
    least |= says_minimum(text, skip_blanks(text, best->end), hits);
  least |= says_minimum(text, behind, hits);
  m.minimum = least || m.merely;
  m.merely &= !least;
}

bool has_digit(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c < 0x80 ? c >= '0' && c <= '9' : digit_of(code_point_at(text, at).value) >= 0) return true;
    at += c < 0x80 ? 1 : code_point_at(text, at).size;
  }
  return false;
}

}  // namespace

std::size_t find_money(std::string_view text, std::span<FoundMoney> out, bool bare) {
  text = whole_prefix(text, 4096);
  if (!has_digit(text)) return 0;
  std::array<PhraseHit, 160> found, hits, currencies;
  const std::size_t all = find_phrases(
      text, bit_of(Purpose::currency) | bit_of(Purpose::frequency) | bit_of(Purpose::minimum), found);
  std::size_t hit_count = 0, currency_count = 0;
  for (const PhraseHit& h : std::span(found).first(all))
    (h.purpose == Purpose::currency ? currencies[currency_count++] : hits[hit_count++]) = h;
  std::array<Token, max_tokens> tokens;
  const std::size_t token_count = find_tokens(text, std::span(currencies).first(currency_count), tokens);
  if (token_count == 0 && !bare) return 0;
  std::size_t n = 0, next_token = 0, listed_from = text.npos;
  for (std::size_t at = 0; at < text.size() && n < out.size();) {
    if (static_cast<signed char>(text[at]) >= 0 && !is_digit(text[at])) {
      ++at;
      continue;
    }
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
      m.vague = before->dollar || before->yen;
      m.begin = before->begin;
      if (behind != nullptr &&
          (behind->code == before->code || (before->dollar && is_dollar_or_peso(behind->code)) ||
           (before->code == "JPY" && behind->code == "CNY"))) {
        m.currency = behind->code;  // "$5 CAD"
        m.vague &= behind->dollar || behind->yen;
        m.end = behind->end;
      }
    } else if (behind != nullptr) {
      m.currency = behind->code;
      m.vague = behind->dollar || behind->yen;
      m.end = behind->end;
      // "5 $ CA", "5 $ US"
      if (behind->dollar) {
        const std::size_t p = skip_blanks(text, behind->end, 1);
        for (const auto& [sign, code] :
             {std::pair{"CA", "CAD"}, std::pair{"US", "USD"}, std::pair{"AU", "AUD"}})
          if (text.substr(p).starts_with(sign) && !letter_at(text, p + 2)) {
            m.currency = code;
            m.vague = false;
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
        text.find("円") == text.npos && text.find("毎") == text.npos) {
      m.currency = "CNY";
      m.vague = false;
    }
    read_words_around(text, {hits.data(), hit_count}, n == 0 ? 0 : out[n - 1].end, m);
    out[n++] = m;
  }
  return n;
}

}  // namespace offprint
