// Formulas that a script of the page is to set, and that stand in its text as they were written: "\(x^2\)", "$$x^2$$".
// MathJax (https://docs.mathjax.org/en/latest/input/tex/delimiters.html) and KaTeX's auto-render have the same delimiters.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "tree/tree.h"

namespace offprint {

struct RawTex {
  bool any = false;      // some script of the page sets formulas
  bool dollars = false;  // and is told that single dollars delimit them, too
};
RawTex raw_tex_of(Page& page);

// Bytes of a text: a formula within its delimiters, and from the first of these to behind the last.
struct TexRange {
  std::uint32_t begin = 0, end = 0, outer_begin = 0, outer_end = 0;
  bool display = false;
};
// Those of a text, in order; `out` is cleared first. Linear in the text.
void find_raw_tex(std::string_view text, bool dollars, std::vector<TexRange>& out);

}  // namespace offprint
