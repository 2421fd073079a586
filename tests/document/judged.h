// A page with roles, for tests of what fields make of them.
#pragma once

#include <string>
#include <utility>

#include "blocks/blocks.h"
#include "document/fields.h"
#include "tree/tree.h"

namespace offprint {

struct Found {
  std::string input;
  Page page;
  Blocks blocks;
  Decisions decisions;
  HeadFields head;
  Meter meter;
  Fields f;

  // Blocks that begin with "@b " have the role of by-line, those with "@d " of date, "@n " of navigation, "@m " of masthead, without
  // these letters; headings without them are headlines, all else is body.
  explicit Found(std::string html, PageType type = PageType::article,
                 std::string url = "https://janeroe.example/a-story")
      : input(std::move(html)) {
    parse(page, input, {}, meter);
    find_blocks(page, blocks, meter);
    read_head(page, url, page.arena, meter, head, {1994, 2027});
    decisions.page_type = type;
    for (RawBlock& b : blocks.blocks) {
      Decision d{.role = Role::body, .confidence = 0.9f, .chosen = true};
      if (b.kind == BlockKind::heading) d.role = Role::headline;
      for (const auto& [mark, role] : {std::pair{"@b ", Role::byline}, {"@d ", Role::date}, {"@n ", Role::navigation}, {"@m ", Role::masthead}})
        if (b.text.starts_with(mark)) {
          d.role = role;
          b.text.remove_prefix(3);
        }
      decisions.of_block.push_back(d);
    }
    find_fields(page, head, blocks, decisions, page.arena, meter, f);
  }
  std::string authors() const {
    std::string all;
    for (std::string_view n : f.authors) all += (all.empty() ? "" : "; ") + std::string(n);
    return all;
  }
};

inline const std::string body =
    "<p>The dog went to the market and bought a bone, and then it walked home again with the bone.</p>";

}  // namespace offprint
