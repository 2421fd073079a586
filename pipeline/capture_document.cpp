#include "pipeline/capture_document.h"

namespace offprint::pipeline {

const Document& document_of(const sources::CaptureRecord& record, const Options& options,
                            Extractor& extractor, Document& changed) {
  if (!record.error.empty()) {
    changed = {};
    changed.source = record.source;
    changed.url = record.url;
    changed.title = record.title;
    changed.status = Status::failed;
    changed.error = record.error;
    return changed;
  }
  const Document& document = extractor.extract({.bytes = record.bytes.view(),
                                                .source = record.source,
                                                .url = record.url,
                                                .charset = record.charset,
                                                .input = record.input},
                                               options);
  const bool damaged = !record.damage.empty() && document.status != Status::failed;
  const bool titled = document.title.empty() && !record.title.empty();
  if (!damaged && !titled) return document;
  changed = document;
  if (damaged) {
    changed.status = Status::partial;
    changed.error = record.damage;
  }
  if (titled) changed.title = record.title;
  return changed;
}

}  // namespace offprint::pipeline
