// JSON as docs/output.md describes it: one line, absent means unknown.
#include <algorithm>
#include <cmath>

#include "formats/escape.h"
#include "formats/formats.h"

namespace offprint {
namespace {

// `key` with its quotes, colon and leading comma; the first of an object is written by hand.
void member(std::string_view key, std::string_view value, std::string& out) {
  if (value.empty()) return;
  out.append(key);
  out.push_back('"');
  append_json(value, out);
  out.push_back('"');
}

void strings(std::string_view key, std::span<const std::string_view> values, std::string& out) {
  if (values.empty()) return;
  out.append(key);
  char before = '[';
  for (const std::string_view value : values) {
    out.push_back(before);
    before = ',';
    out.push_back('"');
    append_json(value, out);
    out.push_back('"');
  }
  out.push_back(']');
}

void money(const Money& value, std::string_view frequency_key, std::string& out) {
  out.append("{\"amount\":");
  append_number(value.amount, out);
  member(",\"currency\":", value.currency, out);
  member(frequency_key, value.frequency, out);
}

void moneys(std::string_view key, std::span<const Money> values, bool costs, std::string& out) {
  if (values.empty()) return;
  out.append(key);
  char before = '[';
  for (const Money& value : values) {
    out.push_back(before);
    before = ',';
    money(value, costs ? ",\"per\":" : ",\"frequency\":", out);
    if (costs) member(",\"text\":", value.text, out);
    out.push_back('}');
  }
  out.push_back(']');
}

void support_object(const Support& support, std::string& out) {
  if (!support.present) return;
  out.append(",\"support\":{");
  const std::size_t start = out.size();
  strings(",\"asks\":", support.asks, out);
  strings(",\"frequencies\":", support.frequencies, out);
  moneys(",\"amounts\":", support.amounts, false, out);
  if (support.has_minimum) {
    out.append(",\"minimum\":");
    money(support.minimum, ",\"frequency\":", out);
    out.push_back('}');
  }
  moneys(",\"costs\":", support.costs, true, out);
  member(",\"ad_free_since\":", support.ad_free_since, out);
  member(",\"defer\":", support.defer, out);
  strings(",\"methods\":", support.methods, out);
  member(",\"url\":", support.url, out);
  if (out.size() > start) out.erase(start, 1);  // the first member's comma
  out.push_back('}');
}

void number(std::string_view key, double value, std::string& out) {
  out.append(key);
  append_number(value, out);
}

void product_object(const Product& product, std::string& out) {
  if (!product.present) return;
  out.append(",\"product\":{");
  const std::size_t start = out.size();
  member(",\"name\":", product.name, out);
  if (product.has_price) number(",\"price\":", product.price, out);
  if (product.high_price > 0) number(",\"price_high\":", product.high_price, out);
  member(",\"currency\":", product.currency, out);
  member(",\"availability\":", product.availability, out);
  if (product.has_rating) number(",\"rating\":", product.rating, out);
  if (product.has_rating && product.best_rating > 0) number(",\"rating_best\":", product.best_rating, out);
  if (product.review_count > 0) {
    out.append(",\"review_count\":");
    append_number(product.review_count, out);
  }
  member(",\"brand\":", product.brand, out);
  member(",\"sku\":", product.sku, out);
  member(",\"gtin\":", product.gtin, out);
  if (!product.specification.empty()) {
    out.append(",\"specification\":");
    char before = '[';
    for (const Property& property : product.specification) {
      out.push_back(before);
      before = ',';
      out.append("{\"name\":\"");
      append_json(property.name, out);
      out.push_back('"');
      member(",\"value\":", property.value, out);
      out.push_back('}');
    }
    out.push_back(']');
  }
  if (out.size() > start) out.erase(start, 1);  // the first member's comma
  out.push_back('}');
}

void confidence(float value, std::string& out) {
  const float bounded = std::isfinite(value) ? std::clamp(value, 0.0f, 1.0f) : 0.0f;
  // Three places are all that a confidence means; written by hand, as it stands in every block.
  auto thousandths = static_cast<unsigned>(bounded * 1000.0f + 0.5f);
  if (thousandths == 0 || thousandths >= 1000) {
    out.push_back(thousandths == 0 ? '0' : '1');
    return;
  }
  out.append("0.");
  for (unsigned unit = 100; thousandths > 0; unit /= 10) {
    out.push_back(static_cast<char>('0' + thousandths / unit));
    thousandths %= unit;
  }
}

void block_object(const Block& block, std::string& out) {
  out.append("{\"role\":\"").append(name_of(block.role));
  out.append("\",\"kind\":\"").append(name_of(block.kind));
  out.append("\",\"text\":\"");
  append_json(block.text, out);
  out.push_back('"');
  if (block.level != 0) {
    out.append(",\"level\":");
    append_number(std::uint64_t{block.level}, out);
  }
  out.append(",\"span\":[");
  append_number(block.span_begin, out);
  out.push_back(',');
  append_number(block.span_end, out);
  out.append("],\"confidence\":");
  confidence(block.confidence, out);
  if (block.content) out.append(",\"content\":true");
  if (block.hidden) out.append(",\"hidden\":true");
  member(",\"reason\":", block.reason, out);
  member(",\"note\":", block.note, out);
  if (block.kind == BlockKind::embed && !block.marks.empty()) {
    member(",\"url\":", block.marks[0].target, out);
    member(",\"label\":", block.marks[0].label, out);
  }
  out.push_back('}');
}

}  // namespace

void write_json(const Document& document, const WriteOptions& options, std::string& out) {
  std::size_t expected = document.text.size() + 1024;
  if (options.blocks) {
    for (const Block& block : document.blocks) expected += block.text.size() + block.reason.size() + 128;
  }
  expected += expected / 16;
  // A plain reserve() would copy a long JSON Lines buffer again for every document.
  if (out.capacity() - out.size() < expected)
    out.reserve(std::max(out.size() + expected, out.capacity() * 2));

  out.append("{\"source\":\"");
  append_json(document.source, out);
  out.push_back('"');
  member(",\"url\":", document.url, out);
  out.append(",\"status\":\"").append(name_of(document.status)).push_back('"');
  member(",\"budget\":", document.budget, out);
  member(",\"error\":", document.error, out);
  // Spans count bytes of the capture where it is UTF-8, else of the decoded text; the name tells which.
  if (document.encoding != "UTF-8" && document.encoding != "utf-8")
    member(",\"encoding\":", document.encoding, out);
  member(",\"page_type\":", name_of(document.page_type), out);
  member(",\"title\":", document.title, out);
  strings(",\"author\":", document.authors, out);
  member(",\"date\":", document.date, out);
  member(",\"modified\":", document.modified, out);
  member(",\"language\":", document.language, out);
  member(",\"site\":", document.site, out);
  member(",\"description\":", document.description, out);
  member(",\"image\":", document.image, out);
  out.append(",\"text\":\"");
  append_json(document.text, out);
  out.push_back('"');
  if (options.blocks) {
    out.append(",\"blocks\":[");
    bool first = true;
    for (const Block& block : document.blocks) {
      if (!first) out.push_back(',');
      first = false;
      block_object(block, out);
    }
    out.push_back(']');
  }
  support_object(document.support, out);
  product_object(document.product, out);
  out.push_back('}');
}

}  // namespace offprint
