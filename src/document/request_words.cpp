#include "document/request_words.h"

#include <algorithm>
#include <array>
#include <bit>
#include <span>

#include "base/ascii.h"
#include "base/unicode.h"
#include "document/money.h"
#include "document/words.h"

namespace offprint {
namespace {

// Names of the ways to pay taken together, folded: what a short block or an alternative text that is nearly
// one of these, misspelt, is taken for.
constexpr std::string_view method_labels[] = {
    "payment methods",      "payment method",      "payment options",
    "zahlungsmethoden",     "zahlungsarten",       "moyens de paiement",
    "modes de paiement",    "metodos de pago",     "formas de pago",
    "metodos de pagamento", "formas de pagamento", "metodi di pagamento",
    "metody platnosci",     "sposoby platnosci",   "способы оплаты",
    "способи оплати",       "odeme yontemleri",    "طرق الدفع",
    "betaalmethoden",       "betalningsmetoder"};

// The characters of a short text; none of a longer one, which is none of the labels.
struct Characters {
  std::array<char32_t, 40> of{};
  std::size_t count = 0;
};
Characters characters_of(std::string_view text) {
  Characters c;
  for (std::size_t at = 0; at < text.size();) {
    if (c.count == c.of.size()) return {};
    c.of[c.count++] = next_code_point(text, at);
  }
  return c;
}

// Whether two texts differ by at most `most` characters put in, left out or exchanged. Most are told apart by their first
// characters: a row without a way of so few ends it.
bool nearly_equal(const Characters& x, const Characters& y, std::size_t most) {
  const std::size_t n = x.count, m = y.count;
  if (n == 0 || m == 0 || n > m + most || m > n + most) return false;
  std::array<std::size_t, 41> row;
  for (std::size_t j = 0; j <= m; ++j) row[j] = j;
  for (std::size_t i = 1; i <= n; ++i) {
    std::size_t diagonal = row[0], least = i;
    row[0] = i;
    for (std::size_t j = 1; j <= m; ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (x.of[i - 1] == y.of[j - 1] ? 0u : 1u)});
      least = std::min(least, row[j]);
      diagonal = above;
    }
    if (least > most) return false;
  }
  return row[m] <= most;
}

// The stretches of a text that stand between quotation marks; one that is never closed is none.
struct Quotes {
  struct Stretch {
    std::size_t begin, end;
  };
  std::array<Stretch, 16> stretches;
  std::size_t count = 0;

  explicit Quotes(std::string_view text) {
    std::size_t open = text.npos;
    for (std::size_t at = 0; at < text.size() && count < stretches.size();) {
      const std::size_t mark = at;
      const char32_t c = next_code_point(text, at);
      const bool opens = c == 0x201C || c == 0x201E || c == 0xAB || c == 0x300C || c == 0x300E;
      const bool closes = c == 0x201D || c == 0xBB || c == 0x300D || c == 0x300F || c == 0x201C;
      if (open == text.npos && (opens || c == '"')) {
        open = mark;
      } else if (open != text.npos && (closes || c == '"')) {
        stretches[count++] = {open, at};
        open = text.npos;
      }
    }
  }
  bool hold(std::size_t at) const {
    for (std::size_t k = 0; k < count; ++k)
      if (at > stretches[k].begin && at < stretches[k].end) return true;
    return false;
  }
};

constexpr bool ends_sentence(char32_t c) {
  return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002 || c == 0xFF01 || c == 0xFF1F ||
         c == 0x61F || c == 0x964;
}

// "Dear readers,", "A message from us:", a sentence, or a sentence with a name under it ("Thank you. The
// editors"); no headline, name or label.
bool ends_closed(std::string_view text) {
  std::string_view head = text;
  while (!head.empty()) {
    const CodePoint last = code_point_before(head, head.size());
    const char32_t c = last.value;
    const bool hangs = c == '"' || c == '\'' || c == ')' || c == 0x201D || c == 0x2019 || c == 0xBB ||
                       c == 0x201C || c == 0x300D || c >= 0x1F000 || c == 0x2764 || c == 0xFE0F ||
                       is_white_space(c);
    if (!hangs) {
      if (ends_sentence(c) || c == ':' || c == ',' || c == ';' || c == 0xFF1A || c == 0x60C) return true;
      break;
    }
    head.remove_suffix(last.size);
  }
  std::size_t letters = 0;  // of the word before: "Mr." and "U.S." end no sentence
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (ends_sentence(c) && at < text.size() && (c != '.' || (letters >= 3 && is_space(text[at])))) {
      const std::size_t after = text.find_first_not_of(" \n", at);
      if (after != text.npos && (c != '.' || is_upper_letter(code_point_at(text, after).value))) return true;
    }
    letters = is_letter(c) ? letters + 1 : 0;
  }
  return false;
}

constexpr std::uint32_t most_label_words = 24;

// How many different frequencies a text names.
std::uint8_t different_periods(std::string_view text) {
  PhraseHit hits[16];
  const std::size_t n = find_phrases(text, bit_of(Purpose::frequency), hits);
  unsigned seen = 0;
  for (std::size_t k = 0; k < n; ++k)
    if (hits[k].value != PhraseValue::none) seen |= 1u << static_cast<unsigned>(hits[k].value);
  return static_cast<std::uint8_t>(std::popcount(seen));
}

// "5 20 50 100": numbers that rise, with a blank between.
bool rises_in_sums(std::string_view text, std::span<const FoundMoney> money) {
  for (std::size_t k = 1; k < money.size(); ++k)
    if (money[k].begin != money[k - 1].end + 1 || text[money[k - 1].end] != ' ' || money[k].amount <= money[k - 1].amount) return false;
  return true;
}

// Nothing, or little but what controls say.
bool is_label(std::string_view text, std::uint32_t words, const Said& said, std::span<const FoundMoney> money) {
  if (words == 0) return true;
  if (numbers_otherwise(text, money)) return false;
  if (words <= 4 && frequency_of(text) != PhraseValue::none) return true;
  std::size_t covered = 0;
  for (const FoundMoney& m : money) covered += m.end - m.begin;
  const double priced = static_cast<double>(covered) / static_cast<double>(text.size());
  if (said.share(Purpose::frequency) + said.share(Purpose::currency) + priced >= 0.7) return true;
  if (money.size() >= 2 && said.share(Purpose::frequency) + priced >= 0.6) return true;  // "$60 / year ($5 / month)"
  // "Support £4/month"
  if (words <= 8 && !money.empty() && !money[0].currency.empty() && said.giving > 0 && !ends_closed(text) &&
      said.share(Purpose::frequency) + priced + said.share(Purpose::support_control) + static_cast<double>(said.giving_bytes) / static_cast<double>(text.size()) >= 0.6)
    return true;
  if (words <= 8 && money.size() >= 3 && priced >= 0.4) {  // "5 20 50 100 Other", but no date
    if (rises_in_sums(text, money)) return true;
  }
  if (words <= 5 && said.share(Purpose::support_control) >= 0.75) return true;
  if (words <= 12 && said.share(Purpose::payment) >= 0.6) return true;
  return words <= 3 && said.share(Purpose::controls) >= 0.8;
}

}  // namespace

bool numbers_otherwise(std::string_view text, std::span<const FoundMoney> money) {
  if (money.size() < 3) return false;
  std::size_t small = 0, years = 0;
  for (std::size_t k = 0; k < money.size(); ++k) {
    const FoundMoney& m = money[k];
    if (!m.currency.empty()) return false;
    if (text[m.begin] == '0') return true;
    small += m.amount <= 31 ? 1 : 0;
    years += m.amount >= 1900 && m.amount <= 2100 ? 1 : 0;
    if (k >= 2 && m.amount <= 31 && m.amount == money[k - 1].amount + 1 && m.amount == money[k - 2].amount + 2) return true;
  }
  return years > 0 && small + years == money.size();
}

bool announces_methods(std::string_view text) {
  if (text.size() > 80) return false;
  char folded[96];
  static const auto labels = [] {
    std::array<Characters, std::size(method_labels)> all;
    std::transform(std::begin(method_labels), std::end(method_labels), all.begin(), characters_of);
    return all;
  }();
  const Characters words = characters_of(fold_into(trim(text), folded, sizeof folded));
  return std::any_of(labels.begin(), labels.end(), [&](const Characters& label) { return nearly_equal(words, label, 2); });
}

bool is_question(std::string_view text) {
  return text.ends_with('?') || text.ends_with("？") || text.ends_with("؟") || text.ends_with("?»");
}

Said what_is_said(std::string_view text, std::uint32_t words) {
  Said said;
  said.words = static_cast<std::uint16_t>(std::min<std::uint32_t>(words, 0xFFFF));
  if (text.empty()) return said;
  PhraseHit hits[64];
  const std::size_t n =
      find_phrases(text,
                   bit_of(Purpose::plea) | bit_of(Purpose::giving) | bit_of(Purpose::voice) |
                       bit_of(Purpose::trade) | bit_of(Purpose::cost),
                   hits, said.hits);
  const Quotes quotes(text);
  for (std::size_t k = 0; k < n; ++k) {
    if (quotes.hold(hits[k].begin)) continue;
    const auto count = [](std::uint8_t& of) { of = static_cast<std::uint8_t>(std::min(of + 1, 255)); };
    switch (hits[k].purpose) {
      case Purpose::plea:
        count(said.plea);
        break;
      case Purpose::voice:
        count(said.voice);
        break;
      case Purpose::cost:
        said.costs = true;
        break;
      case Purpose::trade:
        said.trade = true;
        break;
      default:
        count(said.giving);
        said.names_first |=
            hits[k].begin == 0 && (said.hits.has(Purpose::payment) || text.find("IBAN") != text.npos);
        said.giving_bytes = static_cast<std::uint16_t>(said.giving_bytes + hits[k].end - hits[k].begin);
    }
  }
  FoundMoney found[8];
  const bool few = words <= most_label_words;
  const std::span<const FoundMoney> money(found, few ? find_money(text, found, true) : 0);
  said.label = few && is_label(text, words, said, money);
  if (said.label) {
    said.sums = static_cast<std::uint8_t>(std::count_if(money.begin(), money.end(), [](const FoundMoney& m) { return !m.currency.empty(); }));
    said.periods = different_periods(text);
  }
  said.tier = words <= 6 && money.size() == 1 && !money[0].currency.empty() && money[0].frequency != PhraseValue::none && !ends_closed(text);
  said.defers =
      said.hits.has(Purpose::defer) && words <= 12 && (words <= 7 || said.share(Purpose::defer) >= 0.3);
  said.methods =
      (words <= 12 && said.share(Purpose::payment) >= 0.6) || (words <= 5 && announces_methods(text));
  said.closed = ends_closed(text);
  // "25" is a price on a button alone. A currency that is found beside a bare number is found without, too.
  if (few && (said.label || money.size() < std::size(found)))
    said.priced = said.label ? !money.empty() : std::any_of(money.begin(), money.end(), [](const FoundMoney& m) {
      return !m.currency.empty();
    });
  else
    said.priced = find_money(text, {found, 1}) > 0;
  return said;
}

void SaidOfBlocks::begin(std::size_t blocks) {
  said.resize(blocks);
  read.assign(blocks, false);
  texts.clear();
}

const Said& SaidOfBlocks::of(const Blocks& blocks, std::size_t block) {
  if (read[block]) return said[block];
  read[block] = true;
  if (const std::uint32_t same = texts.before(blocks.blocks, static_cast<std::uint32_t>(block)); same != no_block) return said[block] = said[same];
  return said[block] = what_is_said(trim(blocks.blocks[block].text), blocks.blocks[block].words);
}

}  // namespace offprint
