#include "formats/arrow.h"

#include <array>
#include <limits>
#include <memory>
#include <utility>

#include "encoding/utf8.h"

namespace offprint {
namespace {

// What the arrays that leave the library own.
struct ArrayMemory {
  std::vector<std::uint8_t> valid;
  std::vector<std::int32_t> offsets;
  std::vector<char> data;
  std::array<const void*, 3> buffers{};
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> pointers;
};

// A child that a consumer has moved away is marked as released and is none of ours any more. The depth is
// that of our columns, not of the input.
void release_array(ArrowArray* array) {
  auto* memory = static_cast<ArrayMemory*>(array->private_data);
  for (ArrowArray& child : memory->children)
    if (child.release != nullptr) child.release(&child);
  delete memory;
  array->release = nullptr;
}

std::size_t strings_size(std::span<const std::string_view> strings) {
  std::size_t size = 0;
  for (const std::string_view s : strings) size += s.size() + 4;
  return size;
}
std::size_t moneys_size(std::span<const Money> moneys) {
  std::size_t size = 0;
  for (const Money& m : moneys) size += m.currency.size() + m.frequency.size() + m.text.size() + 24;
  return size;
}

}  // namespace

struct ArrowTable::Column {
  char format = 'u';
  bool has_nulls = false;
  std::int64_t length = 0, nulls = 0;
  std::vector<std::uint8_t> valid;  // bits; empty until the first null
  std::vector<std::int32_t> offsets;
  std::vector<char> data;
  std::vector<Column> children;

  explicit Column(const ArrowField& field) : format(field.format) {
    if (format == 'u' || format == 'L') offsets.push_back(0);
    for (const ArrowField& child : field.children) children.emplace_back(child);
  }

  void mark(bool known) {
    const auto at = static_cast<std::size_t>(length++);
    if (!known && !has_nulls) {
      has_nulls = true;
      valid.assign(at / 8, 0xff);
      if (at % 8 != 0) valid.push_back(static_cast<std::uint8_t>((1u << at % 8) - 1));
    }
    if (has_nulls) {
      if (at % 8 == 0) valid.push_back(0);
      if (known) valid[at / 8] = static_cast<std::uint8_t>(valid[at / 8] | 1u << at % 8);
    }
    nulls += !known;
  }

  void put(std::string_view bytes) { data.insert(data.end(), bytes.begin(), bytes.end()); }
  // Paths and addresses of records may hold any bytes, but consumers trust utf8 to be so.
  void text(std::string_view value, bool known) {
    if (known) {
      const char* p = value.data();
      const char* const end = p + value.size();
      while (p != end) {
        const IllFormed bad = next_ill_formed(p, end);
        put({p, static_cast<std::size_t>(bad.at - p)});
        if (bad.size != 0) put("\xEF\xBF\xBD");
        p = bad.at + bad.size;
      }
    }
    offsets.push_back(static_cast<std::int32_t>(data.size()));
    mark(known);
  }
  void text(std::string_view value) { text(value, !value.empty()); }
  void always(std::string_view value) { text(value, true); }

  template <class T>
  void number(T value, bool known = true) {
    put({reinterpret_cast<const char*>(&value), sizeof value});
    mark(known);
  }
  void boolean(bool value, bool known = true) {
    const auto at = static_cast<std::size_t>(length);
    if (at % 8 == 0) data.push_back(0);
    if (value) data[at / 8] = static_cast<char>(static_cast<unsigned char>(data[at / 8]) | 1u << at % 8);
    mark(known);
  }
  void end_list() {
    offsets.push_back(static_cast<std::int32_t>(children[0].length));
    mark(true);
  }
  void strings(std::span<const std::string_view> values) {
    for (const std::string_view value : values) children[0].always(value);
    end_list();
  }
  // A struct<amount, currency, frequency or per[, text]>.
  void money(const Money& value, bool known = true) {
    children[0].number(value.amount);
    children[1].text(value.currency);
    children[2].text(value.frequency);
    if (children.size() > 3) children[3].text(value.text);
    mark(known);
  }
  void moneys(std::span<const Money> values) {
    for (const Money& value : values) children[0].money(value);
    end_list();
  }
  void block(const Block& value) {
    std::size_t i = 0;
    children[i++].always(name_of(value.role));
    children[i++].always(name_of(value.kind));
    children[i++].always(value.text);
    children[i++].number(static_cast<std::int32_t>(value.level));
    children[i++].number(static_cast<std::int64_t>(value.span_begin));
    children[i++].number(static_cast<std::int64_t>(value.span_end));
    children[i++].number(value.confidence);
    children[i++].boolean(value.content);
    children[i++].boolean(value.hidden);
    children[i++].text(value.reason);
    children[i++].text(value.note);
    const bool embeds = value.kind == BlockKind::embed && !value.marks.empty();
    children[i++].text(embeds ? value.marks[0].target : std::string_view{});
    children[i++].text(embeds ? value.marks[0].label : std::string_view{});
    mark(true);
  }

  // Hands the memory over and leaves an empty column.
  void finish(ArrowArray* out) {
    auto memory = std::make_unique<ArrayMemory>();
    memory->children.resize(children.size());
    memory->pointers.resize(children.size());
    for (std::size_t i = 0; i < children.size(); ++i) {
      children[i].finish(&memory->children[i]);
      memory->pointers[i] = &memory->children[i];
    }
    memory->valid.swap(valid);
    memory->offsets.swap(offsets);
    memory->data.swap(data);
    // A buffer of no values may be null by the specification, but not all consumers know that.
    memory->data.reserve(8);
    std::size_t n = 0;
    memory->buffers[n++] = has_nulls ? memory->valid.data() : nullptr;
    if (format == 'u' || format == 'L') memory->buffers[n++] = memory->offsets.data();
    if (format != 'L' && format != 'S') memory->buffers[n++] = memory->data.data();
    *out = {};
    out->length = length;
    out->null_count = nulls;
    out->n_buffers = static_cast<std::int64_t>(n);
    out->n_children = static_cast<std::int64_t>(memory->children.size());
    out->buffers = memory->buffers.data();
    out->children = memory->pointers.empty() ? nullptr : memory->pointers.data();
    out->release = release_array;
    out->private_data = memory.release();
    length = nulls = 0;
    has_nulls = false;
    if (format == 'u' || format == 'L') offsets.push_back(0);
  }

  std::size_t bytes() const {
    std::size_t sum = data.size() + offsets.size() * 4 + valid.size();
    for (const Column& child : children) sum += child.bytes();
    return sum;
  }
};

ArrowTable::ArrowTable(ArrowOptions options, std::vector<ArrowExtra> extras)
    : options_(std::move(options)), extras_(std::move(extras)), shape_(arrow_shape(options_, extras_)) {
  for (const ArrowField& field : shape_.children) columns_.emplace_back(field);
  formatted_.resize(options_.formats.size());
}
ArrowTable::ArrowTable(ArrowTable&&) noexcept = default;
ArrowTable& ArrowTable::operator=(ArrowTable&&) noexcept = default;
ArrowTable::~ArrowTable() = default;

std::size_t ArrowTable::bytes() const {
  std::size_t sum = 0;
  for (const Column& column : columns_) sum += column.bytes();
  return sum;
}

// Counts all strings as if they were one column, thrice for bytes that may become U+FFFD: far from exact, but
// batches of a gigabyte are not what anyone wants.
bool ArrowTable::fits(const Document& d, std::span<const ArrowExtraValue> values) {
  std::size_t size = 3 * (d.source.size() + d.url.size()) + d.budget.size() + d.error.size() +
                     d.encoding.size() + d.title.size() + strings_size(d.authors) + d.date.size() +
                     d.modified.size() + d.language.size() + d.site.size() + d.description.size() +
                     d.image.size() + d.text.size();
  for (const std::string& text : formatted_) size += text.size();
  if (options_.blocks)
    for (const Block& block : d.blocks) {
      size += block.text.size() + block.reason.size() + block.note.size() + 80;
      if (block.kind == BlockKind::embed && !block.marks.empty())
        size += block.marks[0].target.size() + block.marks[0].label.size();
    }
  if (options_.support) {
    const Support& s = d.support;
    size += strings_size(s.asks) + strings_size(s.frequencies) + strings_size(s.methods) +
            moneys_size(s.amounts) + moneys_size(s.costs) + s.defer.size() + s.ad_free_since.size() +
            s.url.size();
  }
  if (options_.product) {
    const Product& p = d.product;
    size += p.name.size() + p.currency.size() + p.availability.size() + p.brand.size() + p.sku.size() +
            p.gtin.size();
    for (const Property& property : p.specification) size += property.name.size() + property.value.size() + 8;
  }
  for (const ArrowExtraValue& value : values) size += 3 * value.text.size();
  constexpr auto most = static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max());
  return size < most && bytes() < most - size;
}

bool ArrowTable::append(const Document& d, std::span<const ArrowExtraValue> values) {
  for (std::size_t i = 0; i < formatted_.size(); ++i) {
    formatted_[i].clear();
    write(d, options_.formats[i], formatted_[i], options_.write);
  }
  if (!fits(d, values)) return false;
  std::size_t at = 0;
  const auto next = [&]() -> Column& { return columns_[at++]; };
  next().always(d.source);
  next().text(d.url);
  next().always(name_of(d.status));
  next().text(d.budget);
  next().text(d.error);
  next().text(d.encoding);
  next().text(d.page_type == PageType::unknown ? std::string_view{} : name_of(d.page_type));
  next().text(d.title);
  next().strings(d.authors);
  for (const std::string_view value : {d.date, d.modified, d.language, d.site, d.description, d.image})
    next().text(value);
  next().always(d.text);
  for (const std::string& text : formatted_) next().text(text);
  if (options_.blocks) {
    Column& blocks = next();
    for (const Block& block : d.blocks) blocks.children[0].block(block);
    blocks.end_list();
  }
  if (options_.support) add_support(next(), d.support);
  if (options_.product) add_product(next(), d.product);
  for (std::size_t i = 0; i < extras_.size(); ++i) {
    const ArrowExtraValue value = i < values.size() ? values[i] : ArrowExtraValue{};
    switch (extras_[i].type) {
      case ArrowExtra::Type::utf8:
        next().text(value.text, value.known);
        break;
      case ArrowExtra::Type::int64:
        next().number(value.number, value.known);
        break;
      case ArrowExtra::Type::boolean:
        next().boolean(value.number != 0, value.known);
        break;
    }
  }
  ++rows_;
  return true;
}

void ArrowTable::add_support(Column& column, const Support& s) {
  std::vector<Column>& c = column.children;
  c[0].strings(s.asks);
  c[1].strings(s.frequencies);
  c[2].moneys(s.amounts);
  c[3].money(s.minimum, s.has_minimum);
  c[4].moneys(s.costs);
  c[5].text(s.ad_free_since);
  c[6].text(s.defer);
  c[7].strings(s.methods);
  c[8].text(s.url);
  column.mark(s.present);
}

// Known is what JSON would write.
void ArrowTable::add_product(Column& column, const Product& p) {
  std::vector<Column>& c = column.children;
  c[0].text(p.name);
  c[1].number(p.price, p.has_price);
  c[2].number(p.high_price, p.high_price > 0);
  c[3].text(p.currency);
  c[4].text(p.availability);
  c[5].number(p.rating, p.has_rating);
  c[6].number(p.best_rating, p.has_rating && p.best_rating > 0);
  c[7].number(static_cast<std::int64_t>(p.review_count), p.review_count > 0);
  c[8].text(p.brand);
  c[9].text(p.sku);
  c[10].text(p.gtin);
  Column& specification = c[11];
  for (const Property& property : p.specification) {
    Column& item = specification.children[0];
    item.children[0].always(property.name);
    item.children[1].always(property.value);
    item.mark(true);
  }
  specification.end_list();
  column.mark(p.present);
}

void ArrowTable::finish(ArrowArray* out) {
  auto memory = std::make_unique<ArrayMemory>();
  memory->children.resize(columns_.size());
  memory->pointers.resize(columns_.size());
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    columns_[i].finish(&memory->children[i]);
    memory->pointers[i] = &memory->children[i];
  }
  *out = {};
  out->length = std::exchange(rows_, 0);
  out->n_buffers = 1;
  out->n_children = static_cast<std::int64_t>(memory->children.size());
  out->buffers = memory->buffers.data();
  out->children = memory->pointers.data();
  out->release = release_array;
  out->private_data = memory.release();
}

}  // namespace offprint
