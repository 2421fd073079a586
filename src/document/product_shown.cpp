#include "document/product_shown.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/ascii.h"
#include "base/unicode.h"
#include "document/money.h"
#include "document/words.h"

namespace offprint {
namespace {

constexpr std::size_t most_behind = 24;    // blocks below the name
constexpr std::size_t longest_line = 80;   // bytes of a price, of an availability
constexpr std::size_t most_class = 256;    // bytes of a class that are looked at
constexpr int most_levels = 3;             // boxes of a line

// As shops tell it in the languages of the lexicon. What is said of what is not there begins otherwise, or is longer.
struct Phrase {
  std::string_view words, availability;
};
constexpr Phrase phrases[] = {
    {"in stock", "InStock"},          {"out of stock", "OutOfStock"},         {"sold out", "SoldOut"},
    {"auf lager", "InStock"},         {"sofort lieferbar", "InStock"},        {"vorrätig", "InStock"},
    {"nicht vorrätig", "OutOfStock"}, {"nicht auf lager", "OutOfStock"},      {"nicht lieferbar", "OutOfStock"},
    {"ausverkauft", "SoldOut"},       {"en stock", "InStock"},                {"rupture de stock", "OutOfStock"},
    {"en rupture", "OutOfStock"},     {"épuisé", "SoldOut"},                  {"hay existencias", "InStock"},
    {"sin existencias", "OutOfStock"},{"sin stock", "OutOfStock"},            {"agotado", "SoldOut"},
    {"em estoque", "InStock"},        {"em stock", "InStock"},                {"sem estoque", "OutOfStock"},
    {"fora de estoque", "OutOfStock"},{"esgotado", "SoldOut"},                {"disponibile", "InStock"},
    {"non disponibile", "OutOfStock"},{"esaurito", "SoldOut"},                {"disponible", "InStock"},
    {"no disponible", "OutOfStock"},  {"disponível", "InStock"},              {"indisponível", "OutOfStock"},
    {"w magazynie", "InStock"},       {"na stanie", "InStock"},               {"dostępny", "InStock"},
    {"niedostępny", "OutOfStock"},    {"brak w magazynie", "OutOfStock"},     {"wyprzedany", "SoldOut"},
    {"в наличии", "InStock"},         {"есть в наличии", "InStock"},          {"нет в наличии", "OutOfStock"},
    {"распродано", "SoldOut"},        {"в наявності", "InStock"},             {"є в наявності", "InStock"},
    {"немає в наявності", "OutOfStock"}, {"розпродано", "SoldOut"},           {"stokta", "InStock"},
    {"stokta yok", "OutOfStock"},     {"tükendi", "SoldOut"},                 {"متوفر", "InStock"},
    {"غير متوفر", "OutOfStock"},      {"نفدت الكمية", "SoldOut"},             {"有货", "InStock"},
    {"有貨", "InStock"},              {"现货", "InStock"},                    {"缺货", "OutOfStock"},
    {"缺貨", "OutOfStock"},           {"无货", "OutOfStock"},                 {"售罄", "SoldOut"},
    {"在庫あり", "InStock"},          {"在庫なし", "OutOfStock"},             {"在庫切れ", "OutOfStock"},
    {"売り切れ", "SoldOut"},
};


// Whether an element or a box near around it is named so.
template <std::size_t N>
bool is_named(Page& page, NodeId id, const std::string_view (&parts)[N]) {
  for (int level = 0; level < most_levels && id != no_node && id != document_node; ++level, id = page[id].parent)
    for (const AttributeName attribute_name : {AttributeName::class_, AttributeName::id, AttributeName::data_testid}) {
      const std::string_view value = attribute(page, id, attribute_name).substr(0, most_class);
      if (std::any_of(std::begin(parts), std::end(parts), [&](std::string_view part) { return contains_ascii_case(value, part); })) return true;
    }
  return false;
}

bool is_digit_in(std::string_view text) { return std::any_of(text.begin(), text.end(), [](char c) { return is_digit(c); }); }

// Bytes from `begin` on that are struck through, so that a price there is an old one.
bool is_struck(const Blocks& blocks, const RawBlock& block, std::uint32_t begin) {
  for (std::uint32_t k = 0; k < block.marks_count; ++k) {
    const RawMark& mark = blocks.marks[block.marks_begin + k];
    if (mark.kind == MarkKind::deleted && mark.begin <= begin && begin < mark.end) return true;
  }
  return false;
}

// The one price of a line, or the two ends of a range.
void read_price(const Blocks& blocks, const RawBlock& block, JsonProduct& out) {
  std::array<FoundMoney, 4> found;
  const std::size_t n = find_money(block.text, found);
  std::array<const FoundMoney*, 2> now{};
  std::size_t count = 0;
  for (std::size_t i = 0; i < n; ++i) {
    if (is_struck(blocks, block, found[i].begin)) continue;
    if (found[i].frequency != PhraseValue::none || count == now.size()) return;
    now[count++] = &found[i];
  }
  if (count == 0 || n == found.size()) return;
  const auto written = [&](const FoundMoney& money) { return block.text.substr(money.begin, money.end - money.begin); };
  if (count == 2) {
    const std::string_view between = trim(block.text.substr(now[0]->end, now[1]->begin - now[0]->end));
    const bool same = now[0]->amount == now[1]->amount;  // once more for screen readers
    if (!same && between != "-" && between != "–" && between != "—") return;
    if (!same) out.high_price = written(*now[1]);
  }
  out.price = written(*now[0]);
  out.currency = now[0]->currency;
}

// "4.6 out of 5", "4,6 von 5 Sternen", "5つ星のうち4.6".
void read_rating(std::string_view text, JsonProduct& out) {
  constexpr std::size_t longest = 64;
  if (text.empty() || text.size() > longest) return;
  std::array<double, 2> values{};
  std::array<std::string_view, 2> written;
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size() && count < 2;) {
    const std::size_t read = is_digit(text[at]) ? read_number(text.substr(at), values[count]) : 0;
    if (read > 0) written[count++] = text.substr(at, read);
    at += std::max<std::size_t>(read, 1);
  }
  if (count < 2) return;
  const auto is_scale = [](double v) { return v == 5 || v == 10; };
  const bool turned = !is_scale(values[1]) && is_scale(values[0]);
  if (turned) std::swap(values[0], values[1]), std::swap(written[0], written[1]);
  if (!is_scale(values[1]) || values[0] <= 0 || values[0] > values[1]) return;
  out.rating = written[0];
  out.best_rating = written[1];
}

// "(87)", "4.6 (87 reviews)".
void read_reviews(std::string_view text, JsonProduct& out) {
  if (text.size() > longest_line) return;
  const std::size_t open = text.find('(');
  if (open == text.npos) return;
  double value = 0;
  const std::size_t read = read_number(text.substr(open + 1), value);
  if (read > 0 && value == static_cast<double>(static_cast<std::uint64_t>(value)) && text.find(')', open) != text.npos) out.review_count = text.substr(open + 1, read);
}

// A line as there are several: the page lists what it sells.
bool is_one_of_many(Page& page, const Blocks& blocks, std::size_t name, std::size_t at) {
  constexpr std::size_t most_blocks = 256, many = 2;
  const NodeId node = blocks.blocks[at].node;
  const std::string_view classes = attribute(page, node, AttributeName::class_);
  std::size_t others = 0;
  for (std::size_t i = name + 1; i < blocks.blocks.size() && i <= name + most_blocks && others < many; ++i) {
    const NodeId other = blocks.blocks[i].node;
    others += other != no_node && other != node && page[other].tag == page[node].tag && attribute(page, other, AttributeName::class_) == classes &&
              blocks.blocks[i].text.size() <= longest_line && is_digit_in(blocks.blocks[i].text);
  }
  return others >= many;
}

// Where the product's name stands: its heading.
std::size_t place_of_name(const Blocks& blocks, std::string_view title, Arena& arena) {
  const std::size_t none = blocks.blocks.size();
  std::size_t first = none;
  for (std::size_t i = 0; i < blocks.blocks.size(); ++i) {
    const RawBlock& block = blocks.blocks[i];
    if (block.kind != BlockKind::heading || block.level != 1 || block.hidden != Hidden::no) continue;
    if (first != none) return none;  // several
    first = i;
  }
  if (first == none || likeness(folded_words(blocks.blocks[first].text, arena), folded_words(title, arena)) < 0.5f) return none;
  return first;
}

}  // namespace

std::string_view availability_in_words(std::string_view text, Arena& arena) {
  const std::string_view told = folded_words(text.substr(0, longest_line), arena);
  std::string_view best;
  std::size_t longest = 0;
  for (const Phrase& phrase : phrases) {
    const std::string_view words = folded_words(phrase.words, arena);
    if (words.size() <= longest || !told.starts_with(words)) continue;
    if (told.size() > words.size() && told[words.size()] != ' ' && static_cast<unsigned char>(words.back()) < 0x80) continue;
    best = phrase.availability;
    longest = words.size();
  }
  return best;
}

void read_shown_product(Page& page, const Blocks& blocks, std::string_view title, Arena& arena, JsonProduct& out) {
  constexpr std::string_view of_price[] = {"price", "preis", "prix", "precio", "preco", "prezzo"};
  constexpr std::string_view of_other_price[] = {"old", "was", "compare", "regular", "strike", "crossed", "msrp", "rrp", "unit", "instal", "deliver", "shipping", "sav", "before", "original", "list-price", "from"};
  constexpr std::string_view of_stock[] = {"stock", "avail"};
  constexpr std::string_view of_rating[] = {"rating", "review", "star"};
  const std::size_t name = place_of_name(blocks, title, arena);
  if (name == blocks.blocks.size()) return;
  const bool rated = !out.rating.empty();
  for (std::size_t i = name + 1; i < blocks.blocks.size() && i <= name + most_behind; ++i) {
    const RawBlock& block = blocks.blocks[i];
    if (block.kind == BlockKind::heading && block.level <= 2) break;
    if (block.hidden != Hidden::no || block.kind == BlockKind::control || block.node == no_node) continue;
    const bool line = block.text.size() <= longest_line;
    if (line && out.price.empty() && is_named(page, block.node, of_price) && !is_named(page, block.node, of_other_price) && !is_one_of_many(page, blocks, name, i)) read_price(blocks, block, out);
    if (line && out.availability.empty() && is_named(page, block.node, of_stock)) out.availability = availability_in_words(block.text, arena);
    if (!line || rated || !is_named(page, block.node, of_rating)) continue;
    NodeId id = block.node;
    for (int level = 0; level < most_levels && id != no_node && out.rating.empty(); ++level, id = page[id].parent)
      for (const AttributeName told : {AttributeName::aria_label, AttributeName::title}) read_rating(attribute(page, id, told), out);
    if (out.rating.empty()) read_rating(block.text, out);
    if (!out.rating.empty() && out.review_count.empty()) read_reviews(block.text, out);
  }
}

}  // namespace offprint
