// Formulas of a page: MathML, KaTeX, MathJax and pictures of formulas, each as the TeX that it was written
// in, or as TeX made of its MathML (https://www.w3.org/TR/mathml-core/).
//
// The outside interface: find_formula(), which the walk over the page asks before it goes into an element,
// has_formulas() and tex_of_mathml(). Tested by tests/blocks/math_test.cpp.
#pragma once

#include <string>

#include "tree/tree.h"

namespace offprint {

enum class Formula : std::uint8_t {
  none,     // the element is no formula
  inline_,  // it stands in running text
  display,  // it stands alone
  again,    // it shows a formula that the page gives once more: a preview, a rendering beside its source
};

// Where the element is a formula whose TeX is known, puts it in `tex`; the walk does not go into the element
// then. `steps` is what all questions of a page may cost together: boxes within boxes that hold no formula
// are looked through again and again.
Formula find_formula(Page& page, NodeId element, std::string& tex, std::size_t& steps);

// False where no element of the page but a picture can be a formula: most pages are spared the question.
bool has_formulas(Page& page);

// Presentation MathML → TeX. False where it is too large or too deep to be a formula.
bool tex_of_mathml(Page& page, NodeId math, std::string& tex);

}  // namespace offprint
