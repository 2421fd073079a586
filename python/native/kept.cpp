#include "kept.h"

#include <cstring>
#include <utility>

namespace offprint::python {
namespace {

// Structures are taken apart by all of their members, so that a member that comes to be later does not go
// unseen: this file does not compile before somebody has said here what becomes of it.
template <class Visit>
void visit_strings(Money& money, Visit visit) {
  auto& [amount, currency, frequency, text] = money;
  for (std::string_view* s : {&currency, &frequency, &text}) visit(*s);
}

template <class Visit>
void visit_strings(Mark& mark, Visit visit) {
  auto& [kind, begin, end, apart, target, label] = mark;
  for (std::string_view* s : {&target, &label}) visit(*s);
}

template <class Visit>
void visit_strings(Block& block, Visit visit) {
  auto& [role, kind, content, hidden, level, confidence, group, text, span_begin, span_end, reason, marks, ordinal, in, language, note] = block;
  for (std::string_view* s : {&text, &reason, &language, &note}) visit(*s);
}

template <class Visit>
void visit_strings(Property& property, Visit visit) {
  auto& [name, value] = property;
  for (std::string_view* s : {&name, &value}) visit(*s);
}

template <class Visit>
void visit_strings(Product& product, Visit visit) {
  auto& [present, name, has_price, price, high_price, currency, availability, has_rating, rating, best_rating,
         review_count, brand, sku, gtin, specification] = product;
  for (std::string_view* s : {&name, &currency, &availability, &brand, &sku, &gtin}) visit(*s);
}

template <class Visit>
void visit_strings(Support& support, Visit visit) {
  auto& [present, asks, frequencies, amounts, has_minimum, minimum, costs, ad_free_since, defer, methods,
         url] = support;
  for (std::string_view* s : {&ad_free_since, &defer, &url}) visit(*s);
  visit_strings(minimum, visit);
}

// Every string of a document whose lists are the vectors of `kept`.
template <class Visit>
void visit_strings(Kept& kept, Visit visit) {
  auto& [source, url, status, budget, error, encoding, page_type, title, authors, date, modified, language,
         site, description, image, right_to_left, text, blocks, support, product] = kept.document;
  for (std::string_view* s : {&source, &url, &budget, &error, &encoding, &title, &date, &modified, &language,
                              &site, &description, &image, &text})
    visit(*s);
  visit_strings(support, visit);
  visit_strings(product, visit);
  for (std::string_view& s : kept.strings) visit(s);
  for (Money& money : kept.moneys) visit_strings(money, visit);
  for (Block& block : kept.blocks) visit_strings(block, visit);
  for (Mark& mark : kept.marks) visit_strings(mark, visit);
  for (Property& property : kept.properties) visit_strings(property, visit);
}

// Copies the lists one behind the other, and lets the spans look at the copies once they no longer move.
template <class T>
class Gathering {
 public:
  explicit Gathering(std::vector<T>& to) : to_(to) {}
  void add(std::span<const T>& list) {
    lists_.push_back(&list);
    to_.insert(to_.end(), list.begin(), list.end());
  }
  void point() {
    const T* at = to_.data();
    for (std::span<const T>* list : lists_) {
      const std::size_t size = list->size();
      *list = {at, size};
      at += size;
    }
  }

 private:
  std::vector<T>& to_;
  std::vector<std::span<const T>*> lists_;
};

}  // namespace

Origin origin_of(const sources::CaptureRecord& r) {
  return {r.file, r.offset, r.date, r.content_type, r.http_status};
}

std::shared_ptr<const Kept> keep(const Document& document, Origin origin) {
  auto kept = std::make_shared<Kept>();
  kept->origin = std::move(origin);
  Document& d = kept->document;
  d = document;
  kept->blocks.assign(document.blocks.begin(), document.blocks.end());
  d.blocks = kept->blocks;
  Gathering<std::string_view> strings(kept->strings);
  for (auto* list : {&d.authors, &d.support.asks, &d.support.frequencies, &d.support.methods})
    strings.add(*list);
  strings.point();
  Gathering<Money> moneys(kept->moneys);
  for (auto* list : {&d.support.amounts, &d.support.costs}) moneys.add(*list);
  moneys.point();
  Gathering<Mark> marks(kept->marks);
  for (Block& block : kept->blocks) marks.add(block.marks);
  marks.point();
  Gathering<Property> properties(kept->properties);
  properties.add(d.product.specification);
  properties.point();

  std::size_t size = 0;
  visit_strings(*kept, [&](std::string_view& s) { size += s.size(); });
  kept->bytes.reset(new char[size]);  // not make_unique, which would clear it first
  char* to = kept->bytes.get();
  visit_strings(*kept, [&](std::string_view& s) {
    if (s.empty()) {
      s = {};
      return;
    }
    std::memcpy(to, s.data(), s.size());
    s = {to, s.size()};
    to += s.size();
  });
  return kept;
}

}  // namespace offprint::python
