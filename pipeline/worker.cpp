#include "pipeline/worker.h"

#include <algorithm>

#include "base/text.h"
#include "pipeline/capture_document.h"

namespace offprint::pipeline {
namespace {

bool same_language(std::string_view tag, std::string_view wanted) {
  return tag.size() >= wanted.size() && tag.substr(0, wanted.size()) == wanted &&
         (tag.size() == wanted.size() || tag[wanted.size()] == '-');
}

template <class T>
bool in(const std::vector<T>& list, T value) {
  return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
}

// "2xx" is any of the two hundreds.
bool like(std::string_view status, std::string_view wanted) {
  for (std::size_t i = 0; i < 3; ++i)
    if (wanted[i] != 'x' && wanted[i] != status[i]) return false;
  return true;
}

bool wanted(const sources::CaptureRecord& record, const Filters& filters) {
  if (!filters.http_statuses.empty()) {
    const std::string status = std::to_string(record.http_status);
    if (status.size() != 3 || std::none_of(filters.http_statuses.begin(), filters.http_statuses.end(),
                                           [&](const std::string& w) { return like(status, w); }))
      return false;
  }
  return filters.media_types.empty() || std::find(filters.media_types.begin(), filters.media_types.end(),
                                                  record.content_type) != filters.media_types.end();
}

bool wanted(const Document& document, std::uint64_t words, const Filters& filters) {
  if (words < filters.min_words) return false;
  if (!in(filters.statuses, document.status) || !in(filters.page_types, document.page_type)) return false;
  if (filters.languages.empty()) return true;
  return std::any_of(filters.languages.begin(), filters.languages.end(),
                     [&](const std::string& l) { return same_language(document.language, l); });
}

}  // namespace

void Worker::work(Batch& batch, sources::Source& source, const RunOptions& options) {
  batch.text.clear();
  batch.packed.clear();
  batch.parts.clear();
  const bool lines = options.container == Container::lines;
  if (!lines && !table_) table_.emplace(options);
  const std::uint64_t before = lines ? 0 : table_->bytes();
  for (std::size_t i = 0; i < batch.used; ++i) {
    try {
      one(batch.records[i], options, batch);
    } catch (const std::bad_alloc&) {
      // One page may want more than there is; the run goes on without it.
      sources::CaptureRecord& record = batch.records[i];
      batch.troubles.push_back({true, {record.file, record.offset, 0, record.source + ": out of memory"}});
      ++batch.tally.failures;
    }
    // A batch waits to be written, and its records to be filled again, without the memory of its pages.
    source.recycle(batch.records[i]);
  }
  if (!lines) {
    if (!table_->finish(packer_, batch.packed, batch.parts)) batch.out_of_memory = true;
    batch.tally.output_bytes = table_->bytes() - before;
    return;
  }
  batch.tally.output_bytes = batch.text.size();
  if (options.packing == Packing::none) {
    batch.packed.swap(batch.text);
  } else if (!packer_.pack(options.packing, batch.text, batch.packed)) {
    batch.out_of_memory = true;
  }
}

// The document whose text is the blocks of these roles.
Document Worker::with_roles(const Document& document, const std::vector<Role>& roles) {
  chosen_.clear();
  blocks_.assign(document.blocks.begin(), document.blocks.end());
  for (Block& block : blocks_) {
    block.content = !block.hidden && in(roles, block.role);
    if (!block.content || block.text.empty()) continue;
    if (!chosen_.empty()) chosen_ += "\n\n";
    chosen_ += block.text;
  }
  Document narrowed = document;
  narrowed.blocks = blocks_;
  narrowed.text = chosen_;
  return narrowed;
}

void Worker::one(sources::CaptureRecord& record, const RunOptions& options, Batch& batch) {
  Tally& tally = batch.tally;
  const bool readable = record.error.empty();
  if (readable && !wanted(record, options.filters)) {
    ++tally.filtered;
    return;
  }
  if (readable) {
    sources::Losses losses;
    const bool page = sources::finish(record, decoder_, options.sources, losses);
    for (sources::Loss& loss : losses.list) {
      batch.troubles.push_back({false, std::move(loss)});
      ++tally.losses;
    }
    if (!page) {
      ++tally.not_pages;
      return;
    }
    tally.captured_bytes += record.bytes.size();
  }
  Document changed;
  const Document* document = &document_of(record, options.extract, extractor_, changed);
  if (document->status == Status::failed) {
    const std::string why = readable ? record.source + ": " + std::string(document->error) : record.error;
    batch.troubles.push_back({true, {record.file, record.offset, 0, why}});
    ++tally.failures;
  }
  Document narrowed;
  if (!options.roles.empty()) {
    narrowed = with_roles(*document, options.roles);
    document = &narrowed;
  }

  const std::uint64_t words = count_words(document->text);
  if (!wanted(*document, words, options.filters)) {
    ++tally.filtered;
    return;
  }
  append(*document, record, options, batch);
  ++tally.documents;
  tally.words += words;
  tally.support += document->support.present;
  ++tally.by_status[static_cast<std::size_t>(document->status)];
  if (document->status != Status::failed) {
    ++tally.by_page_type[static_cast<std::size_t>(document->page_type)];
    const std::string_view language =
        document->language.empty() ? std::string_view("unknown") : document->language;
    if (auto at = tally.by_language.find(language); at != tally.by_language.end())
      ++at->second;
    else
      tally.by_language.emplace(language, 1);
    for (const Block& block : document->blocks) ++tally.by_role[static_cast<std::size_t>(block.role)];
  }
}

void Worker::append(const Document& document, const sources::CaptureRecord& record, const RunOptions& options,
                    Batch& batch) {
  if (!extras_) extras_.emplace(options);
  if (!extras_->columns.empty()) extras_->fill(document, record, options);
  if (options.container != Container::lines) {
    if (!table_->append(document, extras_->values, packer_, batch.packed, batch.parts))
      throw std::bad_alloc();
    return;
  }
  const std::size_t before = batch.text.size();
  write(document, options.format, batch.text, options.write);
  if (options.format == Format::json && !extras_->columns.empty() && batch.text.back() == '}') {
    batch.text.pop_back();
    extras_->append_json(batch.text);
    batch.text.push_back('}');
  }
  if (batch.text.size() != before && batch.text.back() != '\n') batch.text.push_back('\n');
  batch.text += options.separator;
}

}  // namespace offprint::pipeline
