// Iterators over crawls: documents(), captures().
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/unique_ptr.h>

#include <mutex>

#include "encoding/encoding.h"
#include "native.h"
#include "pipeline/capture_document.h"

namespace offprint::python {
namespace {

using Record = sources::CaptureRecord;

struct PyCapture {
  std::shared_ptr<const Record> record;
};

// Serves one item after the other. May be used by several threads; each item goes to one of them.
template <class Item>
class Puller {
 public:
  explicit Puller(CrawlOptions options) : crawl_(std::move(options)) {}

  Item next() {
    for (;;) {
      Crawl::Next outcome;
      {
        // The lock is taken without Python's, or two threads could wait for each other.
        const nb::gil_scoped_release released;
        const std::lock_guard<std::mutex> lock(mutex_);
        Item item;
        if (take(item)) return item;
        unit_.reset();
        at_ = 0;
        outcome = crawl_.next(unit_, std::chrono::milliseconds(100));
        if (take(item)) return item;
      }
      if (outcome == Crawl::Next::end) throw nb::stop_iteration();
      if (outcome == Crawl::Next::forked)
        throw std::runtime_error("this iterator was begun in another process: make one in this one");
      if (PyErr_CheckSignals() != 0) throw nb::python_error();
    }
  }

  Crawl& crawl() { return crawl_; }

 private:
  bool take(PyDocument& item) {
    if (unit_ == nullptr || at_ == unit_->documents.size()) return false;
    item.kept = std::move(unit_->documents[at_++]);
    return true;
  }
  bool take(PyCapture& item) {
    if (unit_ == nullptr || at_ == unit_->captures.size()) return false;
    item.record = std::move(unit_->captures[at_++]);
    return true;
  }

  std::mutex mutex_;
  std::unique_ptr<Unit> unit_;
  std::size_t at_ = 0;
  Crawl crawl_;
};
using Documents = Puller<PyDocument>;
using Captures = Puller<PyCapture>;

template <class P>
nb::list losses_of(P& puller) {
  nb::list list;
  for (const sources::Loss& loss : puller.crawl().losses())
    list.append(nb::make_tuple(path_of(loss.file), loss.offset, loss.bytes, str_of(loss.what)));
  return list;
}

template <class P>
nb::dict counts_of(P& puller) {
  const sources::SourceCounts c = puller.crawl().counts();
  nb::dict dict;
  dict["files"] = c.files;
  dict["failed"] = c.failed;
  dict["records"] = c.records;
  dict["captures"] = c.captures;
  dict["revisits"] = c.revisits;
  dict["other_types"] = c.other_types;
  dict["not_pages"] = c.not_pages;
  dict["too_large"] = c.too_large;
  return dict;
}

template <class P>
void bind_puller(nb::module_& m, const char* name) {
  nb::class_<P>(m, name)
      .def("__iter__", [](nb::handle self) { return nb::borrow(self); })
      .def("__next__", &P::next)
      .def_prop_ro("losses", &losses_of<P>)
      .def_prop_ro("counts", &counts_of<P>);
}

void make_crawl_options(CrawlOptions* to, const nb::list& inputs, const Options& extract, unsigned threads,
                        std::string_view input, const std::string& url, const std::string& column_html,
                        const std::string& column_text, const std::string& column_url,
                        const std::string& column_date, const std::string& column_id,
                        std::size_t max_record_bytes, std::uint32_t shard, std::uint32_t shards) {
  CrawlOptions options;
  for (nb::handle path : inputs) options.inputs.emplace_back(nb::cast<nb::bytes>(path).c_str());
  options.extract = extract;
  options.threads = threads;
  options.sources.input = input_named(input);
  options.sources.url = url;
  options.sources.columns.html = column_html;
  options.sources.columns.text = column_text;
  options.sources.columns.url = column_url;
  options.sources.columns.date = column_date;
  options.sources.columns.id = column_id;
  options.sources.most_bytes = max_record_bytes;
  if (shards == 0 || shard >= shards) throw nb::value_error("a shard is (k, n) with 1 <= k <= n");
  options.sources.shard = shard;
  options.sources.shards = shards;
  new (to) CrawlOptions(std::move(options));
}

PyDocument parse_capture(const PyCapture& c, const Options& options) {
  const nb::gil_scoped_release released;
  Document changed;
  return {
      keep(pipeline::document_of(*c.record, options, extractor_of_thread(), changed), origin_of(*c.record))};
}

// As a browser would read it.
nb::str html_of(const PyCapture& c) {
  Arena arena;
  Meter meter;
  meter.budgets.bytes = c.record->bytes.size() + 1;
  std::string_view text;
  {
    const nb::gil_scoped_release released;
    text = decode(c.record->bytes.view(), c.record->charset, arena, meter).utf8;
  }
  return str_of(text);
}

}  // namespace

void bind_crawl(nb::module_& m) {
  const sources::SourceOptions defaults;
  nb::class_<CrawlOptions>(m, "CrawlOptions")
      .def("__init__", &make_crawl_options, nb::kw_only(), nb::arg("inputs"), nb::arg("extract"),
           nb::arg("threads") = 0, nb::arg("input") = "detect", nb::arg("url") = "",
           nb::arg("column_html") = defaults.columns.html, nb::arg("column_text") = defaults.columns.text,
           nb::arg("column_url") = defaults.columns.url, nb::arg("column_date") = defaults.columns.date,
           nb::arg("column_id") = defaults.columns.id, nb::arg("max_record_bytes") = defaults.most_bytes,
           nb::arg("shard") = 0, nb::arg("shards") = 1);

  nb::class_<PyCapture>(m, "Capture")
      .def_prop_ro("bytes",
                   [](const PyCapture& c) {
                     const std::string_view bytes = c.record->bytes.view();
                     return nb::bytes(bytes.data(), bytes.size());
                   })
      .def_prop_ro("html", &html_of)
      .def_prop_ro("source", [](const PyCapture& c) { return path_of(c.record->source); })
      .def_prop_ro("url", [](const PyCapture& c) { return known(c.record->url); })
      .def_prop_ro("charset", [](const PyCapture& c) { return known(c.record->charset); })
      .def_prop_ro("content_type", [](const PyCapture& c) { return known(c.record->content_type); })
      .def_prop_ro("captured", [](const PyCapture& c) { return known(c.record->date); })
      .def_prop_ro("title", [](const PyCapture& c) { return known(c.record->title); })
      .def_prop_ro("seed", [](const PyCapture& c) { return c.record->seed; })
      .def_prop_ro("http_status",
                   [](const PyCapture& c) {
                     const int status = c.record->http_status;
                     return status == 0 ? nb::object(nb::none()) : nb::object(nb::int_(status));
                   })
      .def_prop_ro("file", [](const PyCapture& c) { return path_of(c.record->file); })
      .def_prop_ro("offset", [](const PyCapture& c) { return c.record->offset; })
      .def_prop_ro("flat", [](const PyCapture& c) { return c.record->input == Input::text; })
      .def_prop_ro("error", [](const PyCapture& c) { return known(c.record->error); })
      .def_prop_ro("damage", [](const PyCapture& c) { return known(c.record->damage); })
      .def("_parse", &parse_capture)
      .def("__repr__", [](const PyCapture& c) {
        return nb::str("<offprint.Capture {!r} {} bytes>")
            .format(path_of(c.record->source), c.record->bytes.size());
      });

  bind_puller<Documents>(m, "Documents");
  bind_puller<Captures>(m, "Captures");
  m.def("documents", [](const CrawlOptions& options) {
    CrawlOptions mine = options;
    mine.yield = Yield::documents;
    return std::make_unique<Documents>(std::move(mine));
  });
  m.def("captures", [](const CrawlOptions& options) {
    CrawlOptions mine = options;
    mine.yield = Yield::captures;
    return std::make_unique<Captures>(std::move(mine));
  });
}

}  // namespace offprint::python
