// Style sheets and scripts of the reader's pages, embedded by reader/embed.py.
#pragma once

#include <string_view>

namespace offprint {

struct Asset {
  std::string_view text;
  std::string_view hash;  // as a Content-Security-Policy source: 'sha256-…', quotes included
};
extern const Asset inspect_css, inspect_js, read_css, read_js;

}  // namespace offprint
