// What a run counts: the report of --report, and the part of it that a journal keeps.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "offprint/document.h"
#include "sources/loss.h"
#include "sources/sources.h"

namespace offprint::pipeline {

inline constexpr int page_type_count = 9;
inline constexpr int status_count = 4;

struct Tally {
  std::uint64_t documents = 0;  // written
  std::uint64_t filtered = 0;   // left out by --min-words and the like
  std::uint64_t failures = 0;   // inputs and captures without a document of their own
  std::uint64_t losses = 0;
  std::uint64_t not_pages = 0;       // found out only after decoding
  std::uint64_t captured_bytes = 0;  // of all captures, decoded
  std::uint64_t output_bytes = 0;    // before compression
  std::uint64_t words = 0;
  std::uint64_t support = 0;  // documents that ask for support
  std::array<std::uint64_t, status_count> by_status{};
  std::array<std::uint64_t, page_type_count> by_page_type{};
  std::array<std::uint64_t, role_count> by_role{};  // blocks
  std::map<std::string, std::uint64_t, std::less<>> by_language;

  void add(const Tally& other);
};

// Something that went wrong, for the user and the report.
struct Trouble {
  bool input_failed = false;  // else records or bytes were lost, and the rest of the input was read
  sources::Loss loss;
};

// A line for standard error: "file@offset: what".
std::string line_of(const Trouble& trouble);

void append_json_string(std::string_view text, std::string& out);

struct ReportExtras {
  double seconds = 0;
  unsigned threads = 1;
  bool finished = true;
  std::string stopped_by;
  std::uint64_t input_bytes = 0;  // on disk
};
std::string report_json(const Tally& tally, const sources::SourceCounts& counts,
                        const std::vector<Trouble>& troubles, const ReportExtras& extras);

// The numbers as one JSON object, and back; false where it is none of ours.
std::string tally_json(const Tally& tally, const sources::SourceCounts& counts);
bool read_tally(std::string_view json, Tally& tally, sources::SourceCounts& counts);

}  // namespace offprint::pipeline
