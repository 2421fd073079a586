// Tables: of crawls, of columns of pages, of documents.
// https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

#include <atomic>
#include <cerrno>
#include <thread>

#include "native.h"
#include "share.h"

namespace offprint::python {
namespace {

// Rows that are there, or (with `crawl`) a crawl that is read anew each time somebody asks for its stream.
struct PyTable {
  ArrowField shape;
  std::vector<SharedArray> batches;
  std::shared_ptr<const CrawlOptions> crawl;
};

template <class T>
void destroy_capsule(PyObject* capsule) {
  const char* name = PyCapsule_GetName(capsule);
  auto* what = static_cast<T*>(PyCapsule_GetPointer(capsule, name));
  if (what->release != nullptr) what->release(what);
  delete what;
}

template <class T>
nb::object capsule_of(std::unique_ptr<T> what, const char* name) {
  PyObject* capsule = PyCapsule_New(what.get(), name, destroy_capsule<T>);
  if (capsule == nullptr) {
    what->release(what.get());
    throw nb::python_error();
  }
  (void)what.release();
  return nb::steal(capsule);
}

// A crawl as an Arrow stream. Its consumers call it from any thread, with Python's lock or without.
struct CrawlStream {
  ArrowField shape;
  Crawl crawl;
  std::string error;
};
CrawlStream& of(ArrowArrayStream* stream) {
  return *static_cast<CrawlStream*>(stream->private_data);
}

int next_of_crawl(ArrowArrayStream* stream, ArrowArray* out) {
  CrawlStream& s = of(stream);
  *out = {};
  try {
    std::unique_ptr<Unit> unit;
    for (;;) {
      switch (s.crawl.next(unit, std::chrono::hours(1))) {
        case Crawl::Next::unit:
          *out = unit->table;
          unit->table.release = nullptr;
          return 0;
        case Crawl::Next::end:
          return 0;
        case Crawl::Next::not_yet:
          break;
        case Crawl::Next::forked:
          s.error = "this stream was begun in another process";
          return EINVAL;
      }
    }
  } catch (const std::bad_alloc&) {
    s.error = "out of memory";
    return ENOMEM;
  } catch (const std::exception& problem) {
    s.error = problem.what();
    return EIO;
  }
}

void stream_crawl(const PyTable& table, ArrowArrayStream* out) {
  CrawlOptions options = *table.crawl;
  out->private_data = new CrawlStream{table.shape, Crawl(std::move(options)), {}};
  out->get_schema = [](ArrowArrayStream* stream, ArrowSchema* schema) {
    arrow_schema(of(stream).shape, schema);
    return 0;
  };
  out->get_next = next_of_crawl;
  out->get_last_error = [](ArrowArrayStream* stream) -> const char* {
    return of(stream).error.empty() ? nullptr : of(stream).error.c_str();
  };
  out->release = [](ArrowArrayStream* stream) {
    delete &of(stream);
    stream->release = nullptr;
  };
}

nb::object stream_of(const PyTable& table, const nb::object&) {
  auto stream = std::make_unique<ArrowArrayStream>();
  *stream = {};
  if (table.crawl != nullptr)
    stream_crawl(table, stream.get());
  else
    share_stream(table.shape, table.batches, stream.get());
  return capsule_of(std::move(stream), "arrow_array_stream");
}

nb::object schema_of(const PyTable& table) {
  auto schema = std::make_unique<ArrowSchema>();
  arrow_schema(table.shape, schema.get());
  return capsule_of(std::move(schema), "arrow_schema");
}

std::int64_t rows_of(const PyTable& table) {
  std::int64_t rows = 0;
  for (const SharedArray& batch : table.batches) rows += batch.rows();
  return rows;
}

SharedArray batch_of(ArrowTable& table) {
  ArrowArray array{};
  table.finish(&array);
  return SharedArray(std::move(array));
}

// What __arrow_c_array__ or __arrow_c_stream__ of any library gives.
void take_column(nb::handle object, Column& column, const char* what) {
  std::string type;
  bool good = false;
  if (nb::hasattr(object, "__arrow_c_array__")) {
    const nb::tuple pair(object.attr("__arrow_c_array__")());
    auto* schema = static_cast<ArrowSchema*>(PyCapsule_GetPointer(pair[0].ptr(), "arrow_schema"));
    auto* array = static_cast<ArrowArray*>(PyCapsule_GetPointer(pair[1].ptr(), "arrow_array"));
    if (schema == nullptr || array == nullptr) throw nb::python_error();
    good = column.take(schema, array, type);
  } else if (nb::hasattr(object, "__arrow_c_stream__")) {
    const nb::object capsule = object.attr("__arrow_c_stream__")();
    auto* stream = static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(capsule.ptr(), "arrow_array_stream"));
    if (stream == nullptr) throw nb::python_error();
    good = column.take(stream, type);
  } else {
    throw nb::type_error((std::string(what) + " is no Arrow array, and has no __arrow_c_array__").c_str());
  }
  if (!good)
    throw nb::type_error(
        (std::string(what) + " must be of strings or bytes, not Arrow's \"" + type + "\"").c_str());
}

struct Pages {
  Column html, url, charset, source;
  bool has_url = false, has_charset = false, has_source = false;
};

void extract_rows(const Pages& pages, std::int64_t begin, std::int64_t end, const Options& options,
                  Input input, std::string_view all_charset, bool hashes, Extractor& extractor,
                  ArrowTable& table) {
  for (std::int64_t row = begin; row < end; ++row) {
    Capture capture;
    capture.input = input;
    capture.charset = all_charset;
    if (pages.has_url) pages.url.at(row, capture.url);
    if (pages.has_charset) pages.charset.at(row, capture.charset);
    if (pages.has_source) pages.source.at(row, capture.source);
    Document failed;
    failed.source = capture.source;
    failed.url = capture.url;
    failed.status = Status::failed;
    failed.error = "there is no page in this row";
    const Document* document = &failed;
    if (pages.html.at(row, capture.bytes)) document = &extractor.extract(capture, options);
    if (!append_row(table, *document, nullptr, hashes)) {
      failed.error = "too large for a table";
      append_row(table, failed, nullptr, hashes);
    }
  }
}

// A row a page, in order. With several threads, a batch for every `share` of rows.
PyTable extract_arrow(nb::handle html, const nb::object& url, const nb::object& charset,
                      const nb::object& source, std::string_view input, const Options& options,
                      const ArrowOptions& arrow, bool hashes, unsigned threads) {
  Pages pages;
  std::string all_charset;
  take_column(html, pages.html, "html");
  const auto take = [&](const nb::object& object, Column& column, bool& has, const char* what) {
    has = !object.is_none();
    if (has) take_column(object, column, what);
    if (has && column.size() != pages.html.size())
      throw nb::value_error((std::string(what) + " and html differ in length").c_str());
  };
  if (nb::isinstance<nb::str>(charset))
    all_charset = nb::cast<std::string>(charset);
  else
    take(charset, pages.charset, pages.has_charset, "charset");
  take(url, pages.url, pages.has_url, "url");
  take(source, pages.source, pages.has_source, "source");
  const Input kind = input_named(input);

  const nb::gil_scoped_release released;
  const std::int64_t rows = pages.html.size();
  if (threads == 0) threads = std::max(1u, std::thread::hardware_concurrency());
  const std::int64_t share = threads == 1 ? std::max<std::int64_t>(rows, 1) : 64;
  const auto parts = static_cast<std::size_t>((rows + share - 1) / share);
  threads = static_cast<unsigned>(std::min<std::size_t>(threads, std::max<std::size_t>(parts, 1)));
  PyTable result;
  const std::vector<ArrowExtra> extras = extra_columns(false, hashes);
  result.shape = arrow_shape(arrow, extras);
  result.batches.resize(std::max<std::size_t>(parts, 1));
  if (parts == 0) {
    ArrowTable none(arrow, extras);
    result.batches[0] = batch_of(none);
    return result;
  }
  std::atomic<std::size_t> next{0};
  std::atomic<bool> broken{false};
  std::exception_ptr problem;
  const auto work = [&](Extractor& extractor) {
    try {
      for (std::size_t part = next++; part < parts && !broken; part = next++) {
        ArrowTable table(arrow, extras);
        const std::int64_t begin = static_cast<std::int64_t>(part) * share;
        extract_rows(pages, begin, std::min(begin + share, rows), options, kind, all_charset, hashes,
                     extractor, table);
        result.batches[part] = batch_of(table);
      }
    } catch (...) {
      if (!broken.exchange(true)) problem = std::current_exception();
    }
  };
  std::vector<std::thread> helpers;
  for (unsigned i = 1; i < threads; ++i)
    helpers.emplace_back([&] {
      Extractor extractor;
      work(extractor);
    });
  work(extractor_of_thread());
  for (std::thread& helper : helpers) helper.join();
  if (problem != nullptr) std::rethrow_exception(problem);
  return result;
}

PyTable table_of_documents(nb::iterable documents, const ArrowOptions& arrow, bool hashes) {
  PyTable result;
  ArrowTable table(arrow, extra_columns(true, hashes));
  result.shape = table.shape();
  for (nb::handle item : documents) {
    const auto document = nb::cast<PyDocument>(item);
    const Origin* origin = &document.kept->origin;
    if (!append_row(table, document.document(), origin, hashes)) {
      result.batches.push_back(batch_of(table));
      if (!append_row(table, document.document(), origin, hashes))
        throw nb::value_error("a document is too large for a table");
    }
  }
  if (table.rows() != 0 || result.batches.empty()) result.batches.push_back(batch_of(table));
  return result;
}

PyTable table_of_crawl(const CrawlOptions& crawl, const ArrowOptions& arrow, bool hashes,
                       std::size_t batch_rows) {
  auto options = std::make_shared<CrawlOptions>(crawl);
  options->yield = Yield::table;
  options->arrow = arrow;
  options->hashes = hashes;
  options->unit_records = std::max<std::size_t>(batch_rows, 1);
  options->unit_bytes = 16u << 20;
  PyTable result;
  result.shape = arrow_shape(arrow, extra_columns(true, hashes));
  result.crawl = std::move(options);
  return result;
}

void make_arrow_options(ArrowOptions* to, bool blocks, bool support, bool product,
                        const std::vector<std::string>& formats, bool links, bool images) {
  ArrowOptions options;
  options.blocks = blocks;
  options.support = support;
  options.product = product;
  for (const std::string& name : formats) {
    const Format format = format_named(name);
    if (format == Format::text) throw nb::value_error("text is a column anyway");
    options.formats.push_back(format);
  }
  options.write = {.blocks = blocks, .links = links, .images = images};
  new (to) ArrowOptions(std::move(options));
}

}  // namespace

void bind_arrow(nb::module_& m) {
  nb::class_<ArrowOptions>(m, "ArrowOptions")
      .def("__init__", &make_arrow_options, nb::kw_only(), nb::arg("blocks") = true,
           nb::arg("support") = true, nb::arg("product") = true,
           nb::arg("formats") = std::vector<std::string>(), nb::arg("links") = true,
           nb::arg("images") = true);
  nb::class_<PyTable>(m, "Table")
      .def("__arrow_c_schema__", &schema_of)
      .def("__arrow_c_stream__", &stream_of, nb::arg("requested_schema") = nb::none())
      .def_prop_ro("column_names",
                   [](const PyTable& table) {
                     nb::list names;
                     for (const ArrowField& field : table.shape.children) names.append(str_of(field.name));
                     return names;
                   })
      .def_prop_ro("num_rows",
                   [](const PyTable& table) {
                     return table.crawl != nullptr ? nb::object(nb::none())
                                                   : nb::object(nb::int_(rows_of(table)));
                   })
      .def("__repr__", [](const PyTable& table) {
        return table.crawl != nullptr ? nb::str("<offprint.Table of a crawl>")
                                      : nb::str("<offprint.Table {} rows>").format(rows_of(table));
      });
  m.def("extract_arrow", &extract_arrow, nb::arg("html"), nb::arg("url").none(), nb::arg("charset").none(),
        nb::arg("source").none(), nb::arg("input"), nb::arg("options"), nb::arg("arrow"), nb::arg("hashes"),
        nb::arg("threads"));
  m.def("table_of_documents", &table_of_documents);
  m.def("table_of_crawl", &table_of_crawl);
}

}  // namespace offprint::python
