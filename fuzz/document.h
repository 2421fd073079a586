// Captured bytes → document → every format and page for people, with all that must hold of them.
#pragma once

#include "base/cpu.h"
#include "fuzz/harness.h"
#include "offprint/offprint.h"
#include "reader/reader.h"
#include "tests/hostile/check.h"

namespace offprint::fuzz {

inline std::string json_of(Extractor& extractor, const Capture& capture, const Options& options) {
  std::string json;
  write(extractor.extract(capture, options), Format::json, json);
  return json;
}

// `again`: the same document from a used extractor, a fresh one, and without AVX2.
inline void check_document(const Capture& capture, const Options& options, bool again) {
  static Extractor used;
  const Document& document = used.extract(capture, options);
  const std::string wrong = hostile::fault_of(document, capture.bytes);
  expect(wrong.empty(), wrong);
  std::string out;
  for (const Format format : {Format::text, Format::markdown, Format::html, Format::json, Format::xml, Format::tei})
    write(document, format, out, {.blocks = false, .links = false, .images = false});
  expect(hostile::well_formed_utf8(out), "short formats are no UTF-8");
  out.clear();
  write_inspect(document, capture.bytes, out);
  write_reading_copy(document, out);
  expect(document.encoding != "UTF-8" || hostile::well_formed_utf8(out) || !hostile::well_formed_utf8(capture.bytes),
         "pages for people are no UTF-8");
  if (!again) return;
  std::string first;
  write(document, Format::json, first);
  Extractor fresh;
  expect(first == json_of(fresh, capture, options), "a fresh extractor gives another document");
  cpu::forbid_avx2(true);
  expect(first == json_of(used, capture, options), "another document without AVX2");
  cpu::forbid_avx2(false);
}

}  // namespace offprint::fuzz
