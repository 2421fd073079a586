// The blocks of a piece of HTML.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "blocks/blocks.h"

namespace offprint {

struct Found {
  std::string html;
  Page page;
  Blocks blocks;
  Meter meter;
  explicit Found(std::string markup, const ParseOptions& options = {}) : html(std::move(markup)) {
    parse(page, html, options, meter);
    find_blocks(page, blocks, meter);
  }
  Found(const Found&) = delete;
};

// As it stands in the body of a page.
inline std::string in_body(std::string_view markup) {
  return "<!DOCTYPE html><body>" + std::string(markup);
}

}  // namespace offprint
