#include "native.h"

#include <optional>
#include <utility>

#include "cli/cli.h"

namespace offprint::python {
namespace {

[[noreturn]] void unknown_name(const char* what, std::string_view name) {
  throw nb::value_error((std::string("no ") + what + " is called \"" + std::string(name) + "\"").c_str());
}

int run_program(const nb::list& arguments) {
  std::vector<std::string> texts;
  for (nb::handle argument : arguments) texts.emplace_back(nb::cast<nb::bytes>(argument).c_str());
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  const nb::gil_scoped_release released;
  return cli::run(static_cast<int>(texts.size()), pointers.data());
}

}  // namespace

nb::str str_of(std::string_view text) {
  return nb::steal<nb::str>(
      PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "replace"));
}
nb::object known(std::string_view text) {
  return text.empty() ? nb::object(nb::none()) : nb::object(str_of(text));
}
nb::str path_of(std::string_view bytes) {
  return nb::steal<nb::str>(
      PyUnicode_DecodeFSDefaultAndSize(bytes.data(), static_cast<Py_ssize_t>(bytes.size())));
}

Input input_named(std::string_view name) {
  if (name == "detect") return Input::detect;
  if (name == "html") return Input::html;
  if (name == "text") return Input::text;
  unknown_name("input", name);
}
Favor favor_named(std::string_view name) {
  if (name == "balance") return Favor::balance;
  if (name == "precision") return Favor::precision;
  if (name == "recall") return Favor::recall;
  unknown_name("favor", name);
}
Format format_named(std::string_view name) {
  if (name == "text") return Format::text;
  if (name == "markdown") return Format::markdown;
  if (name == "html") return Format::html;
  if (name == "json") return Format::json;
  if (name == "xml") return Format::xml;
  if (name == "tei") return Format::tei;
  unknown_name("format", name);
}

Extractor& extractor_of_thread() {
  // After a huge page the memory goes back; else a service would hold the largest page a thread has ever
  // seen.
  constexpr std::size_t most_held = 64u << 20;
  thread_local std::optional<Extractor> extractor;
  if (!extractor || extractor->held_bytes() > most_held) extractor.emplace();
  return *extractor;
}

void hold(nb::handle data, Held& held) {
  if (PyBytes_Check(data.ptr())) {
    held.owner = nb::borrow(data);
  } else if (PyUnicode_Check(data.ptr())) {
    held.text = true;
    held.owner = nb::borrow(data);
    Py_ssize_t size = 0;
    if (const char* utf8 = PyUnicode_AsUTF8AndSize(data.ptr(), &size)) {
      held.view = {utf8, static_cast<std::size_t>(size)};
      return;
    }
    PyErr_Clear();  // surrogates stand alone in it
    held.owner = nb::steal(PyUnicode_AsEncodedString(data.ptr(), "utf-8", "replace"));
    if (!held.owner.is_valid()) throw nb::python_error();
  } else {
    if (PyObject_CheckBuffer(data.ptr()) == 0)
      throw nb::type_error("a page is bytes, a buffer of bytes, or str");
    held.owner = nb::steal(PyBytes_FromObject(data.ptr()));  // a copy: others may write to it while we work
    if (!held.owner.is_valid()) throw nb::python_error();
  }
  held.view = {PyBytes_AsString(held.owner.ptr()), static_cast<std::size_t>(PyBytes_Size(held.owner.ptr()))};
}

std::string utf8_of(const nb::object& value, const char* what) {
  if (value.is_none()) return {};
  if (!PyUnicode_Check(value.ptr())) throw nb::type_error((std::string(what) + " is str or None").c_str());
  Held held;
  hold(value, held);
  return std::string(held.view);
}

PyDocument parse(std::string_view bytes, std::string_view source, std::string_view url,
                 std::string_view charset, Input input, const Options& options) {
  return {keep(extractor_of_thread().extract(
      {.bytes = bytes, .source = source, .url = url, .charset = charset, .input = input}, options))};
}

}  // namespace offprint::python

NB_MODULE(_native, m) {
  using namespace offprint::python;
  bind_document(m);
  bind_crawl(m);
  bind_arrow(m);
  m.attr("version") = str_of(offprint::version());
  m.def("allow_amx", &offprint::allow_amx,
        "Lets this process use the tile registers of AMX (newer Xeons, Linux), before its first page: some hundredths faster, the same documents. "
        "False where there are none. Signal handlers' own stacks must then hold AT_MINSIGSTKSZ bytes.");
  m.def("run_program", &run_program, nb::arg("arguments"));
}
