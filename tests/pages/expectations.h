// What must hold of a page's document, one readable file per page: tests/pages/NAME.expect for the page NAME.
//
//   # a remark
//   [document]          a fact a line: "title = …". Nothing after the sign: unknown. A date may be given by
//   its beginning. [text]              each line stands in the text, in this order [exact text]        the
//   text has one paragraph for each line, which begins with it, and no others [not in text]       no line
//   stands in the text [roles]             "role: words": the first block that holds the words has the role
//   [markdown]          each line is a line of the Markdown form, in this order
//
// A section whose name begins with "soft" holds what a model may now and then miss: of all soft expectations
// of all pages together a share must hold.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "offprint/offprint.h"

namespace offprint::testing {

struct Section {
  std::string name;  // without "soft"
  bool soft = false;
  std::vector<std::string> lines;
};

struct Expectations {
  std::string page;  // name of the page's file
  std::vector<Section> sections;
};

// What a failed test calls it.
inline void PrintTo(const Expectations& expectations, std::ostream* out) {
  *out << expectations.page;
}

// Of every .expect file, sorted by name.
std::vector<Expectations> all_expectations();

// The page's bytes: of examples/pages, else of ../shared/captures. False where it is in neither.
bool read_page(const std::string& page, std::string& bytes);
std::string read_file(const std::string& path);

struct Outcome {
  int held = 0;
  std::vector<std::string> missed;  // what was expected and what was found, in words
};

// Checks the soft or the hard sections.
Outcome check(const Expectations& expectations, const Document& document, bool soft);

}  // namespace offprint::testing
