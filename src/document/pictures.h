// Where a picture is, and what it says. Within document/. Tested by tests/formats/content_test.cpp.
#pragma once

#include <string_view>

#include "blocks/blocks.h"
#include "tree/tree.h"

namespace offprint {

// The address as the page has it, of an <img>: lazily loaded pictures keep it apart from a place-holder in src. Empty where there is none.
std::string_view image_address(Page& page, NodeId image);

// Its alternative text; the name of its file is none.
std::string_view image_label(Page& page, NodeId image);

// Two pictures of the same words that stand together: whether one is for dark screens and the other is not, and which is to be shown.
enum class Twin : std::uint8_t { none, same, replaces };
Twin twin_of(Page& page, NodeId before, std::string_view address_before, NodeId image, std::string_view address);

// The figure around an element, if there is one near.
NodeId figure_of(const Page& page, NodeId id);

// Where a page is shared: "https://www.pinterest.com/pin/create/button/?url=".
bool is_share_address(std::string_view href);

// Whether a picture that hangs on a bar of tools stood above it: not the icons of its buttons.
bool stood_above(const Page& page, const RawMark& picture);

}  // namespace offprint
