// What the head of a page tells the features of its blocks.
#pragma once

#include "blocks/features.h"
#include "document/fields.h"

namespace offprint {

// The address is the page's own word (canonical, og:url) before the captured one: captures often come without any.
inline PageHints hints_of(const HeadFields& head) {
  PageHints hints;
  hints.url = !head.canonical.empty() ? head.canonical : !head.og_url.empty() ? head.og_url : head.url;
  hints.title = head.title;
  hints.description = head.description;
  hints.article_body = head.article_body;
  hints.json_types = head.json_types;
  hints.og_type = head.og_type;
  return hints;
}

}  // namespace offprint
