// A finished capture (sources::finish()) -> its document, with what its source knows of it beyond the page.
#pragma once

#include "offprint/offprint.h"
#include "sources/sources.h"

namespace offprint::pipeline {

// A capture that could not be had is `failed` with the reason, a damaged one is `partial`, and a page without
// a title has the one that its archive gives. The document lives as long as the extractor keeps its page, the
// record and `changed`, which serves where the extractor's own document does not say it all.
const Document& document_of(const sources::CaptureRecord& record, const Options& options,
                            Extractor& extractor, Document& changed);

}  // namespace offprint::pipeline
