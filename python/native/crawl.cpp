#include "crawl.h"

#include <unistd.h>

#include <algorithm>
#include <array>

#include "pipeline/capture_document.h"
#include "pipeline/hashes.h"

namespace offprint::python {
namespace {

// One of each a thread.
struct Tools {
  Extractor extractor;
  sources::HttpDecoder decoder;
  std::vector<sources::Loss> losses;
};

void work_on(Unit& unit, const CrawlOptions& options, Tools& tools) {
  std::unique_ptr<ArrowTable> table;
  if (options.yield == Yield::table)
    table = std::make_unique<ArrowTable>(options.arrow, extra_columns(true, options.hashes));
  std::size_t kept = 0;
  for (auto& record : unit.captures) {
    if (record->error.empty()) {
      sources::Losses losses;
      const bool page = sources::finish(*record, tools.decoder, options.sources, losses);
      std::move(losses.list.begin(), losses.list.end(), std::back_inserter(tools.losses));
      if (!page) continue;
    }
    if (options.yield == Yield::captures) {
      unit.captures[kept++] = std::move(record);
      continue;
    }
    Document changed;
    const Document& document = pipeline::document_of(*record, options.extract, tools.extractor, changed);
    if (options.yield == Yield::documents) {
      unit.documents.push_back(keep(document, origin_of(*record)));
    } else if (const Origin origin = origin_of(*record);
               !append_row(*table, document, &origin, options.hashes)) {
      Document failed;
      failed.source = record->source;
      failed.url = record->url;
      failed.status = Status::failed;
      failed.error = "too large for a table";
      append_row(*table, failed, &origin, options.hashes);
    }
    record.reset();
  }
  unit.captures.resize(kept);
  if (table != nullptr) table->finish(&unit.table);
}

bool has_something(const Unit& unit) {
  return unit.failure != nullptr || !unit.captures.empty() || !unit.documents.empty() ||
         unit.table.length != 0;
}

}  // namespace

std::vector<ArrowExtra> extra_columns(bool of_crawl, bool hashes) {
  using Type = ArrowExtra::Type;
  std::vector<ArrowExtra> columns;
  if (of_crawl)
    columns = {{"file", Type::utf8},
               {"offset", Type::int64},
               {"captured", Type::utf8},
               {"content_type", Type::utf8},
               {"http_status", Type::int64}};
  if (hashes) {
    columns.push_back({"text_hash", Type::utf8});
    columns.push_back({"simhash", Type::int64});
  }
  return columns;
}

bool append_row(ArrowTable& table, const Document& document, const Origin* origin, bool hashes) {
  std::array<ArrowExtraValue, 7> values;
  std::size_t n = 0;
  std::string hash;
  if (origin != nullptr) {
    const bool from_file = !origin->file.empty();
    values[n++] = {from_file, origin->file, 0};
    values[n++] = {from_file, {}, static_cast<std::int64_t>(origin->offset)};
    values[n++] = {!origin->captured.empty(), origin->captured, 0};
    values[n++] = {!origin->content_type.empty(), origin->content_type, 0};
    values[n++] = {origin->http_status != 0, {}, origin->http_status};
  }
  if (hashes) {
    hash = pipeline::text_hash(document.text);
    values[n++] = {true, hash, 0};
    values[n++] = {true, {}, static_cast<std::int64_t>(pipeline::simhash(document.text))};
  }
  return table.append(document, std::span(values).first(n));
}

Crawl::Crawl(CrawlOptions options) : options_(std::move(options)) {
  if (options_.threads == 0) options_.threads = std::max(1u, std::thread::hardware_concurrency());
  options_.sources.defer = true;
  options_.sources.most_bytes = std::max(options_.sources.most_bytes, options_.extract.limits.bytes + 1);
  window_ = options_.threads + 2;
}

Crawl::~Crawl() {
  if (process_ != ::getpid()) {
    for (std::thread& thread : threads_) thread.detach();
    return;
  }
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stop_ = true;
  }
  room_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

// Not in the constructor: an iterator may be made in one process and used in another.
void Crawl::start() {
  process_ = ::getpid();
  for (unsigned i = 0; i < options_.threads; ++i) threads_.emplace_back([this] { work(); });
}

std::unique_ptr<Unit> Crawl::read() {
  if (!opened_) {
    opened_ = true;
    source_.open(options_.inputs, options_.sources);
  }
  auto unit = std::make_unique<Unit>();
  std::size_t bytes = 0;
  while (bytes < options_.unit_bytes && unit->captures.size() < options_.unit_records) {
    auto record = std::make_shared<sources::CaptureRecord>();
    if (!source_.next(*record)) break;
    bytes += record->bytes.size();
    unit->captures.push_back(std::move(record));
  }
  return unit;
}

void Crawl::work() {
  Tools tools;
  for (;;) {
    std::unique_ptr<Unit> unit;
    std::size_t number = 0;
    {
      const std::lock_guard<std::mutex> one_reader(reading_);
      std::unique_lock<std::mutex> lock(mutex_);
      room_.wait(lock, [&] { return stop_ || at_end_ || next_read_ < next_out_ + window_; });
      if (stop_ || at_end_) break;
      lock.unlock();
      std::exception_ptr broken;
      try {
        unit = read();
      } catch (...) {
        broken = std::current_exception();
      }
      lock.lock();
      sources::Losses& losses = source_.losses();
      std::move(losses.list.begin(), losses.list.end(), std::back_inserter(losses_));
      losses.list.clear();
      counts_ = source_.counts();
      if (broken != nullptr || unit->captures.empty()) {
        broken_ = broken;
        at_end_ = true;
        lock.unlock();
        done_.notify_all();
        room_.notify_all();
        break;
      }
      number = next_read_++;
    }
    try {
      work_on(*unit, options_, tools);
    } catch (...) {
      unit->failure = std::current_exception();
    }
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      finished_.emplace(number, std::move(unit));
      std::move(tools.losses.begin(), tools.losses.end(), std::back_inserter(losses_));
      tools.losses.clear();
    }
    done_.notify_all();
  }
}

Crawl::Next Crawl::next(std::unique_ptr<Unit>& unit, std::chrono::milliseconds most) {
  std::unique_lock<std::mutex> lock(mutex_);
  if (threads_.empty()) start();
  if (process_ != ::getpid()) return Next::forked;
  const auto ready = [&] {
    return (!finished_.empty() && finished_.begin()->first == next_out_) ||
           (at_end_ && next_out_ == next_read_);
  };
  for (;;) {
    if (!done_.wait_for(lock, most, ready)) return Next::not_yet;
    if (finished_.empty()) {
      if (const std::exception_ptr broken = std::exchange(broken_, nullptr)) std::rethrow_exception(broken);
      return Next::end;
    }
    unit = std::move(finished_.begin()->second);
    finished_.erase(finished_.begin());
    ++next_out_;
    room_.notify_one();
    if (unit->failure != nullptr) std::rethrow_exception(unit->failure);
    if (has_something(*unit)) return Next::unit;
  }
}

std::vector<sources::Loss> Crawl::losses() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return losses_;
}

sources::SourceCounts Crawl::counts() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return counts_;
}

}  // namespace offprint::python
