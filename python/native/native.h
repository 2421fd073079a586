// The Python module's parts; each adds its classes and functions. They hold no logic: what is worth a test of
// its own lies in kept.h, crawl.h and share.h, which know nothing of Python. Documented in
// python/offprint/*.py and _native.pyi; tested by tests/python.
#pragma once

#include <nanobind/nanobind.h>

#include <memory>
#include <string>
#include <string_view>

#include "crawl.h"
#include "kept.h"
#include "offprint/offprint.h"

namespace offprint::python {

namespace nb = nanobind;

void bind_document(nb::module_& m);
void bind_crawl(nb::module_& m);
void bind_arrow(nb::module_& m);

// What Python holds; copies share.
struct PyDocument {
  std::shared_ptr<const Kept> kept;
  const Document& document() const { return kept->document; }
};

nb::str str_of(std::string_view text);    // what is not UTF-8 becomes U+FFFD
nb::object known(std::string_view text);  // None where unknown
nb::str path_of(std::string_view bytes);  // as os.fsdecode() does it

// Of an enumeration, by the name that documents use; ValueError else.
Input input_named(std::string_view name);
Favor favor_named(std::string_view name);
Format format_named(std::string_view name);

// The calling thread's own; it keeps its memory from page to page.
Extractor& extractor_of_thread();

// What bytes or str hold, without a copy; of other buffers a copy. Keep it while the view is used.
struct Held {
  nb::object owner;
  std::string_view view;
  bool text = false;  // from a str: UTF-8 whatever the page declares
};
void hold(nb::handle data, Held& held);
std::string utf8_of(const nb::object& value, const char* what);  // of a str; "" of None; TypeError else

PyDocument parse(std::string_view bytes, std::string_view source, std::string_view url,
                 std::string_view charset, Input input, const Options& options);

}  // namespace offprint::python
