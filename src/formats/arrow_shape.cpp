// The types of the columns.
#include <memory>
#include <utility>

#include "formats/arrow.h"

namespace offprint {
namespace {

using Field = ArrowField;

Field text_field(std::string name, bool nullable = true) {
  return {std::move(name), 'u', nullable, {}};
}
Field list_of(std::string name, Field item) {
  item.name = "item";
  item.nullable = false;
  Field list{std::move(name), 'L', false, {}};
  list.children.push_back(std::move(item));
  return list;
}
Field struct_of(std::string name, bool nullable, std::vector<Field> children) {
  return {std::move(name), 'S', nullable, std::move(children)};
}

Field money_field(std::string name, bool nullable, std::string frequency, bool with_text) {
  std::vector<Field> children = {
      {"amount", 'g', false, {}}, text_field("currency"), text_field(std::move(frequency))};
  if (with_text) children.push_back(text_field("text"));
  return struct_of(std::move(name), nullable, std::move(children));
}

Field blocks_field() {
  return list_of("blocks", struct_of("item", false,
                                     {text_field("role", false),
                                      text_field("kind", false),
                                      text_field("text", false),
                                      {"level", 'i', false, {}},
                                      {"span_begin", 'l', false, {}},
                                      {"span_end", 'l', false, {}},
                                      {"confidence", 'f', false, {}},
                                      {"content", 'b', false, {}},
                                      {"hidden", 'b', false, {}},
                                      text_field("reason"),
                                      text_field("note"),
                                      text_field("url"),
                                      text_field("label")}));
}

Field support_field() {
  return struct_of("support", true,
                   {list_of("asks", text_field("item")), list_of("frequencies", text_field("item")),
                    list_of("amounts", money_field("item", false, "frequency", false)),
                    money_field("minimum", true, "frequency", false),
                    list_of("costs", money_field("item", false, "per", true)), text_field("ad_free_since"),
                    text_field("defer"), list_of("methods", text_field("item")), text_field("url")});
}

Field product_field() {
  const auto number = [](const char* name) { return Field{name, 'g', true, {}}; };
  return struct_of(
      "product", true,
      {text_field("name"),
       number("price"),
       number("price_high"),
       text_field("currency"),
       text_field("availability"),
       number("rating"),
       number("rating_best"),
       {"review_count", 'l', true, {}},
       text_field("brand"),
       text_field("sku"),
       text_field("gtin"),
       list_of("specification",
               struct_of("item", false, {text_field("name", false), text_field("value", false)}))});
}

const char* arrow_format(char format) {
  switch (format) {
    case 'i':
      return "i";
    case 'l':
      return "l";
    case 'f':
      return "f";
    case 'g':
      return "g";
    case 'b':
      return "b";
    case 'L':
      return "+l";
    case 'S':
      return "+s";
    default:
      return "u";
  }
}

std::string_view column_name(Format format) {
  switch (format) {
    case Format::markdown:
      return "markdown";
    case Format::html:
      return "html";
    case Format::json:
      return "json";
    case Format::xml:
      return "xml";
    case Format::tei:
      return "tei";
    default:
      return "plain";
  }
}

// What a schema that leaves the library owns.
struct SchemaMemory {
  std::string name;
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> pointers;
};

// A child that a consumer has moved away is marked as released and is none of ours any more.
void release_schema(ArrowSchema* schema) {
  auto* memory = static_cast<SchemaMemory*>(schema->private_data);
  for (ArrowSchema& child : memory->children)
    if (child.release != nullptr) child.release(&child);
  delete memory;
  schema->release = nullptr;
}

}  // namespace

ArrowField arrow_shape(const ArrowOptions& options, std::span<const ArrowExtra> extras) {
  ArrowField root{"", 'S', false, {}};
  std::vector<ArrowField>& c = root.children;
  c.push_back(text_field("source", false));
  c.push_back(text_field("url"));
  c.push_back(text_field("status", false));
  for (const char* name : {"budget", "error", "encoding", "page_type", "title"})
    c.push_back(text_field(name));
  c.push_back(list_of("author", text_field("item")));
  for (const char* name : {"date", "modified", "language", "site", "description", "image"})
    c.push_back(text_field(name));
  c.push_back(text_field("text", false));
  for (const Format format : options.formats) c.push_back(text_field(std::string(column_name(format))));
  if (options.blocks) c.push_back(blocks_field());
  if (options.support) c.push_back(support_field());
  if (options.product) c.push_back(product_field());
  for (const ArrowExtra& extra : extras) {
    const char format = extra.type == ArrowExtra::Type::utf8    ? 'u'
                        : extra.type == ArrowExtra::Type::int64 ? 'l'
                                                                : 'b';
    c.push_back({extra.name, format, true, {}});
  }
  return root;
}

void arrow_schema(const ArrowField& shape, ArrowSchema* out) {
  auto memory = std::make_unique<SchemaMemory>();
  memory->name = shape.name;
  memory->children.resize(shape.children.size());
  memory->pointers.resize(shape.children.size());
  for (std::size_t i = 0; i < shape.children.size(); ++i) {
    arrow_schema(shape.children[i], &memory->children[i]);
    memory->pointers[i] = &memory->children[i];
  }
  *out = {};
  out->format = arrow_format(shape.format);
  out->name = memory->name.c_str();
  out->flags = shape.nullable ? ARROW_FLAG_NULLABLE : 0;
  out->n_children = static_cast<std::int64_t>(memory->children.size());
  out->children = memory->pointers.empty() ? nullptr : memory->pointers.data();
  out->release = release_schema;
  out->private_data = memory.release();
}

}  // namespace offprint
