// Document, its blocks and marks.
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

#include <array>
#include <new>

#include "native.h"
#include "pipeline/hashes.h"

namespace offprint::python {
namespace {

struct PyBlock {
  std::shared_ptr<const Kept> kept;
  const Block* block;
};
struct PyBlocks {
  std::shared_ptr<const Kept> kept;
};

const char* name_of_mark(MarkKind kind) {
  constexpr std::array names = {"link",        "strong",      "emphasis", "code",       "deleted",
                                "subscript",   "superscript", "image",    "line_break", "cell",
                                "header_cell", "quote",       "keyboard", "math"};
  return names[static_cast<std::size_t>(kind)];
}

nb::object number_or_none(unsigned value) {
  return value == 0 ? nb::object(nb::none()) : nb::object(nb::int_(value));
}

nb::list strings(std::span<const std::string_view> values) {
  nb::list list;
  for (const std::string_view value : values) list.append(str_of(value));
  return list;
}

nb::dict money(const Money& value, const char* frequency_key, bool with_text) {
  nb::dict dict;
  dict["amount"] = value.amount;
  if (!value.currency.empty()) dict["currency"] = str_of(value.currency);
  if (!value.frequency.empty()) dict[frequency_key] = str_of(value.frequency);
  if (with_text && !value.text.empty()) dict["text"] = str_of(value.text);
  return dict;
}

nb::object support_of(const PyDocument& d) {
  const Support& s = d.document().support;
  if (!s.present) return nb::none();
  nb::dict dict;
  dict["asks"] = strings(s.asks);
  dict["frequencies"] = strings(s.frequencies);
  nb::list amounts, costs;
  for (const Money& m : s.amounts) amounts.append(money(m, "frequency", false));
  for (const Money& m : s.costs) costs.append(money(m, "per", true));
  dict["amounts"] = amounts;
  dict["minimum"] = s.has_minimum ? nb::object(money(s.minimum, "frequency", false)) : nb::object(nb::none());
  dict["costs"] = costs;
  dict["ad_free_since"] = known(s.ad_free_since);
  dict["defer"] = known(s.defer);
  dict["methods"] = strings(s.methods);
  dict["url"] = known(s.url);
  return dict;
}

nb::object product_of(const PyDocument& d) {
  const Product& p = d.document().product;
  if (!p.present) return nb::none();
  nb::dict dict;
  dict["name"] = known(p.name);
  if (p.has_price) dict["price"] = p.price;
  if (p.high_price > 0) dict["price_high"] = p.high_price;
  if (!p.currency.empty()) dict["currency"] = str_of(p.currency);
  if (!p.availability.empty()) dict["availability"] = str_of(p.availability);
  if (p.has_rating) dict["rating"] = p.rating;
  if (p.has_rating && p.best_rating > 0) dict["rating_best"] = p.best_rating;
  if (p.review_count > 0) dict["review_count"] = p.review_count;
  if (!p.brand.empty()) dict["brand"] = str_of(p.brand);
  if (!p.sku.empty()) dict["sku"] = str_of(p.sku);
  if (!p.gtin.empty()) dict["gtin"] = str_of(p.gtin);
  nb::list specification;
  for (const Property& property : p.specification) {
    nb::dict entry;
    entry["name"] = str_of(property.name);
    entry["value"] = str_of(property.value);
    specification.append(entry);
  }
  dict["specification"] = specification;
  return dict;
}

nb::dict roles_of(const PyDocument& d) {
  nb::dict dict;
  for (const Block& block : d.document().blocks) {
    const nb::str role = str_of(name_of(block.role));
    if (!dict.contains(role)) dict[role] = nb::list();
    nb::cast<nb::list>(dict[role]).append(nb::cast(PyBlock{d.kept, &block}));
  }
  return dict;
}

// Marks count bytes; Python counts characters.
nb::list marks_of(const PyBlock& b) {
  nb::list list;
  if (b.block->marks.empty()) return list;
  const std::string_view text = b.block->text;
  std::vector<std::uint32_t> place(text.size() + 1);
  std::uint32_t at = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) == 0x80)
      place[i] = at == 0 ? 0 : at - 1;
    else
      place[i] = at++;
  }
  place[text.size()] = at;
  const auto limit = static_cast<std::uint32_t>(text.size());
  for (const Mark& mark : b.block->marks)
    list.append(nb::make_tuple(name_of_mark(mark.kind), place[std::min(mark.begin, limit)],
                               place[std::min(mark.end, limit)], known(mark.target), known(mark.label)));
  return list;
}

nb::str render(const PyDocument& d, std::string_view format, bool links, bool images, bool blocks) {
  const Format f = format_named(format);
  std::string out;
  {
    const nb::gil_scoped_release released;
    write(d.document(), f, out, {.blocks = blocks, .links = links, .images = images});
  }
  return str_of(out);
}

template <auto Member>
nb::object field(const PyDocument& d) {
  return known(d.document().*Member);
}

PyBlock block_at(const PyBlocks& blocks, Py_ssize_t i) {
  const auto all = blocks.kept->document.blocks;
  const auto n = static_cast<Py_ssize_t>(all.size());
  if (i < 0) i += n;
  if (i < 0 || i >= n) throw nb::index_error();
  return {blocks.kept, &all[static_cast<std::size_t>(i)]};
}

nb::list block_slice(const PyBlocks& blocks, const nb::slice& slice) {
  const auto [start, stop, step, length] = slice.compute(blocks.kept->document.blocks.size());
  (void)stop;
  nb::list list;
  for (std::size_t i = 0; i < length; ++i)
    list.append(nb::cast(block_at(blocks, start + static_cast<Py_ssize_t>(i) * step)));
  return list;
}

// The blocks of the content, or of the readers' comments, parted by `separator`.
nb::str joined(const PyDocument& d, std::string_view separator) {
  std::string out;
  for (const Block& block : d.document().blocks) {
    if (!block.content || block.text.empty()) continue;
    if (!out.empty()) out += separator;
    out += block.text;
  }
  return str_of(out);
}
nb::object comments(const PyDocument& d, std::string_view separator) {
  std::string out;
  for (const Block& block : d.document().blocks) {
    const bool text = block.kind == BlockKind::paragraph || block.kind == BlockKind::list_item ||
                      block.kind == BlockKind::quote || block.kind == BlockKind::code;
    if (block.content || block.hidden || block.role != Role::comments || !text || block.text.empty())
      continue;
    if (!out.empty()) out += separator;
    out += block.text;
  }
  return known(out);
}

// The same document without its tables among the content.
PyDocument without_tables(const PyDocument& d) {
  const nb::gil_scoped_release released;
  std::vector<Block> blocks(d.document().blocks.begin(), d.document().blocks.end());
  std::string text;
  for (Block& block : blocks) {
    if (block.kind == BlockKind::table) block.content = false;
    if (!block.content || block.text.empty()) continue;
    if (!text.empty()) text += "\n\n";
    text += block.text;
  }
  Document changed = d.document();
  changed.blocks = blocks;
  changed.text = text;
  return {keep(changed, d.kept->origin)};
}

PyDocument parse_object(nb::handle html, const nb::object& url, const nb::object& charset,
                        const nb::object& source, std::string_view input, const Options& options) {
  Held page;
  hold(html, page);
  const std::string address = utf8_of(url, "url"), name = utf8_of(source, "source");
  std::string encoding = utf8_of(charset, "charset");
  if (page.text) encoding = "utf-8";
  const Input kind = input_named(input);
  const nb::gil_scoped_release released;
  return parse(page.view, name, address, encoding, kind, options);
}

void make_options(Options* to, std::string_view favor, bool reasons, std::size_t max_bytes,
                  std::uint32_t max_nodes, std::uint32_t max_depth, std::size_t max_output,
                  std::uint32_t max_ms) {
  Options options;
  options.favor = favor_named(favor);
  options.reasons = reasons;
  options.limits.bytes = max_bytes;
  options.limits.nodes = max_nodes;
  options.limits.depth = max_depth;
  options.limits.output = max_output;
  options.limits.milliseconds = max_ms;
  new (to) Options(options);
}

}  // namespace

void bind_document(nb::module_& m) {
  const Limits limits;
  nb::class_<Options>(m, "Options")
      .def("__init__", &make_options, nb::kw_only(), nb::arg("favor") = "balance", nb::arg("reasons") = false,
           nb::arg("max_bytes") = limits.bytes, nb::arg("max_nodes") = limits.nodes,
           nb::arg("max_depth") = limits.depth, nb::arg("max_output") = limits.output, nb::arg("max_ms") = 0);

  nb::class_<PyBlock>(m, "Block")
      .def_prop_ro("role", [](const PyBlock& b) { return str_of(name_of(b.block->role)); })
      .def_prop_ro("kind", [](const PyBlock& b) { return str_of(name_of(b.block->kind)); })
      .def_prop_ro("text", [](const PyBlock& b) { return str_of(b.block->text); })
      .def_prop_ro("content", [](const PyBlock& b) { return b.block->content; })
      .def_prop_ro("hidden", [](const PyBlock& b) { return b.block->hidden; })
      .def_prop_ro("level", [](const PyBlock& b) { return number_or_none(b.block->level); })
      .def_prop_ro("confidence", [](const PyBlock& b) { return b.block->confidence; })
      .def_prop_ro("span",
                   [](const PyBlock& b) { return nb::make_tuple(b.block->span_begin, b.block->span_end); })
      .def_prop_ro("reason", [](const PyBlock& b) { return known(b.block->reason); })
      .def_prop_ro("group", [](const PyBlock& b) { return number_or_none(b.block->group); })
      .def_prop_ro("ordinal", [](const PyBlock& b) { return number_or_none(b.block->ordinal); })
      .def_prop_ro("language", [](const PyBlock& b) { return known(b.block->language); })
      .def_prop_ro("note", [](const PyBlock& b) { return known(b.block->note); })
      .def_prop_ro("marks", &marks_of)
      .def("__repr__", [](const PyBlock& b) {
        return nb::str("<offprint.Block {} {} {!r}>")
            .format(name_of(b.block->role), name_of(b.block->kind), str_of(b.block->text));
      });

  nb::class_<PyBlocks>(m, "Blocks")
      .def("__len__", [](const PyBlocks& b) { return b.kept->document.blocks.size(); })
      .def("__getitem__", &block_at)
      .def("__getitem__", &block_slice);

  using D = Document;
  nb::class_<PyDocument>(m, "Document")
      .def_prop_ro("source", [](const PyDocument& d) { return path_of(d.document().source); })
      .def_prop_ro("url", &field<&D::url>)
      .def_prop_ro("status", [](const PyDocument& d) { return str_of(name_of(d.document().status)); })
      .def_prop_ro("budget", &field<&D::budget>)
      .def_prop_ro("error", &field<&D::error>)
      .def_prop_ro("encoding", &field<&D::encoding>)
      .def_prop_ro("page_type",
                   [](const PyDocument& d) {
                     const PageType type = d.document().page_type;
                     return known(type == PageType::unknown ? std::string_view() : name_of(type));
                   })
      .def_prop_ro("title", &field<&D::title>)
      .def_prop_ro("authors", [](const PyDocument& d) { return strings(d.document().authors); })
      .def_prop_ro("date", &field<&D::date>)
      .def_prop_ro("modified", &field<&D::modified>)
      .def_prop_ro("language", &field<&D::language>)
      .def_prop_ro("site", &field<&D::site>)
      .def_prop_ro("description", &field<&D::description>)
      .def_prop_ro("image", &field<&D::image>)
      .def_prop_ro("right_to_left", [](const PyDocument& d) { return d.document().right_to_left; })
      .def_prop_ro("text", [](const PyDocument& d) { return str_of(d.document().text); })
      .def_prop_ro("blocks", [](const PyDocument& d) { return PyBlocks{d.kept}; })
      .def_prop_ro("roles", &roles_of)
      .def_prop_ro("support", &support_of)
      .def_prop_ro("product", &product_of)
      .def_prop_ro("text_hash",
                   [](const PyDocument& d) { return str_of(pipeline::text_hash(d.document().text)); })
      .def_prop_ro("simhash", [](const PyDocument& d) { return pipeline::simhash(d.document().text); })
      .def_prop_ro("file",
                   [](const PyDocument& d) {
                     const std::string& file = d.kept->origin.file;
                     return file.empty() ? nb::object(nb::none()) : nb::object(path_of(file));
                   })
      .def_prop_ro("offset",
                   [](const PyDocument& d) {
                     const Origin& o = d.kept->origin;
                     return o.file.empty() ? nb::object(nb::none()) : nb::object(nb::int_(o.offset));
                   })
      .def_prop_ro("captured", [](const PyDocument& d) { return known(d.kept->origin.captured); })
      .def_prop_ro("content_type", [](const PyDocument& d) { return known(d.kept->origin.content_type); })
      .def_prop_ro("http_status",
                   [](const PyDocument& d) {
                     return number_or_none(static_cast<unsigned>(d.kept->origin.http_status));
                   })
      .def("render", &render, nb::arg("format"), nb::kw_only(), nb::arg("links") = true,
           nb::arg("images") = true, nb::arg("blocks") = true)
      .def("__repr__", [](const PyDocument& d) {
        return nb::str("<offprint.Document {} {!r} {} blocks>")
            .format(name_of(d.document().status), known(d.document().title), d.document().blocks.size());
      });

  m.def("joined", &joined);
  m.def("comments", &comments);
  m.def("without_tables", &without_tables);
  m.def("parse", &parse_object, nb::arg("html"), nb::arg("url").none(), nb::arg("charset").none(),
        nb::arg("source").none(), nb::arg("input"), nb::arg("options"));
}

}  // namespace offprint::python
