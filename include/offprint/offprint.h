// offprint: the article of a captured page, and what everything else on it is for.
//
//   offprint::Extractor extractor;                       // one per thread; reuse it, it keeps its memory
//   const offprint::Document& d = extractor.extract({.bytes = html, .url = "https://example.org/story"});
//   std::string json; offprint::write(d, offprint::Format::json, json);
//
// Nothing here throws but std::bad_alloc, prints, or aborts. An Extractor is not shared between threads; any number of
// them may run at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "offprint/document.h"

namespace offprint {

enum class Input : std::uint8_t { detect, html, text };
enum class Favor : std::uint8_t { balance, precision, recall };
enum class Format : std::uint8_t { text, markdown, html, json, xml, tei };

// What was captured. The views must live while the document is used.
struct Capture {
  std::string_view bytes;
  std::string_view source;    // path or record URI, for the document
  std::string_view url;       // the page's address, to resolve links; the page's own canonical address wins in Document::url
  std::string_view charset;   // of the Content-Type header, or empty
  Input input = Input::detect;
};

// What a page may cost; 0 milliseconds = no limit. When one runs out the document says `partial` and which.
struct Limits {
  std::size_t bytes = 64u << 20;
  std::uint32_t nodes = 4'000'000;
  std::uint32_t depth = 512;
  std::uint32_t attributes = 1000;
  std::size_t output = 256u << 20;
  std::uint32_t json_depth = 128;
  std::uint32_t milliseconds = 0;
};

struct Options {
  Favor favor = Favor::balance;
  bool reasons = false;       // fill Block::reason
  Limits limits;
};

class Extractor {
 public:
  Extractor();
  ~Extractor();
  Extractor(Extractor&&) noexcept;
  Extractor& operator=(Extractor&&) noexcept;

  // The document of a capture; valid until the next call.
  const Document& extract(const Capture& capture, const Options& options = {});

  // Bytes of memory held between calls.
  std::size_t held_bytes() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

struct WriteOptions {
  bool blocks = true;    // JSON: the array of all blocks
  bool links = true;     // Markdown, HTML: keep links
  bool images = true;
};

// Appends the document in a format to `out`. JSON is one line without a newline at the end.
void write(const Document& document, Format format, std::string& out, const WriteOptions& options = {});

// Lets this process use the tile registers of AMX (Xeons since Sapphire Rapids, Linux), before its first extraction: a page then takes some
// hundredths less, and every document is the same. False where there are none. A library does not do this by itself: the frames of signals grow
// by 8 KB, so the system refuses stacks for signals of less than AT_MINSIGSTKSZ bytes from then on.
bool allow_amx();

std::string_view version();

}  // namespace offprint
