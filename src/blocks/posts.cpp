#include "blocks/posts.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/few_words.h"
#include "base/places.h"
#include "base/unicode.h"

namespace offprint {
namespace {

// Longer values of attributes, and more text of a line, are not looked at.
constexpr std::size_t most_value = 512, most_looked_at = 4096;

// One of the tokens of a class or itemprop begins with `word`.
template <std::size_t N>
bool begins_any(std::string_view text, const std::string_view (&words)[N]) {
  return any_token(text.substr(0, most_value), [&](std::string_view token) {
    return std::any_of(std::begin(words), std::end(words), [&](std::string_view word) { return starts_with_ascii_case(token, word); });
  });
}

// Of a class. Its last two only resemble the others.
constexpr std::string_view part_classes[] = {"author",   "user", "creator", "poster",   "member",
                                             "nickname", "date", "time",    "timeline", "mention"};
constexpr unsigned author_class = 0b111111, date_class = 0b11000000, timeline_class = 1u << 8,
                   mention_class = 1u << 9;
constexpr WordBeginnings part_class_beginnings{part_classes};
constexpr std::string_view author_properties[] = {"author", "creator"};
constexpr std::string_view author_paths[] = {"/u/",      "/user/",   "/users/", "/member",
                                             "/profile", "/author/", "/people/"};
constexpr std::string_view author_relation[] = {"author"};
constexpr WordBeginnings author_relation_beginning{author_relation};
constexpr std::string_view date_properties[] = {"date"};
constexpr std::string_view post_classes[] = {"comment", "reply",  "message",     "answer",
                                             "forum",   "thread", "crawler-post"};
// "messageText" of XenForo, "postcontent" of vBulletin.
constexpr std::string_view post_bodies[] = {"messagetext", "messagecontent", "postcontent", "postbody", "post-content", "post_content", "post-body", "post_body", "message-body"};
constexpr std::string_view post_properties[] = {"comment", "answer", "suggestedanswer", "acceptedanswer"};
constexpr std::string_view post_types[] = {"comment", "answer", "question", "discussionforumposting"};

bool leads_to_author(std::string_view address) {
  bool found = false;
  each_place(address, '/', [&](std::size_t at) {
    const char next = at + 1 < address.size() ? to_lower(address[at + 1]) : ' ';
    if (next != 'u' && next != 'm' && next != 'p' && next != 'a') return;
    for (const std::string_view path : author_paths)
      found |= address.size() - at >= path.size() && equals_lowercase(address.substr(at, path.size()), path);
  });
  return found;
}

ClassPart part_of_class(std::string_view value) {
  const unsigned found = words_in(value, part_classes, part_class_beginnings);
  if ((found & mention_class) != 0) return ClassPart::other;
  if ((found & author_class) != 0) return ClassPart::author;
  return (found & date_class) != 0 && (found & timeline_class) == 0 ? ClassPart::date : ClassPart::nothing;
}

}  // namespace

PostPart post_part(Page& page, NodeId element, ClassParts& classes) {
  const Node& node = page[element];
  if (node.tag == Tag::time) return PostPart::date;
  for (std::uint32_t i = 0; i < node.attributes_count; ++i) {
    Attribute& a = page.attributes[node.attributes_begin + i];
    const std::string_view value = a.raw_value();
    switch (a.id) {
      case AttributeName::class_:
        switch (classes.get(value_number(page.values, a), [&] { return part_of_class(value); })) {
          case ClassPart::other:
            return PostPart::none;
          case ClassPart::author:
            return PostPart::author;
          case ClassPart::date:
            return PostPart::date;
          case ClassPart::nothing:
            break;
        }
        break;
      case AttributeName::itemprop:
        if (begins_any(value, author_properties)) return PostPart::author;
        if (begins_any(value, date_properties)) return PostPart::date;
        break;
      case AttributeName::rel:
        if (words_in(value, author_relation, author_relation_beginning) != 0) return PostPart::author;
        break;
      case AttributeName::href:
        if (value.size() < 256 && leads_to_author(value)) return PostPart::author;
        break;
      default:
        break;
    }
  }
  return PostPart::none;
}

bool is_post_body(Page& page, NodeId blockquote) {
  const std::string_view property = attribute(page, blockquote, AttributeName::itemprop);
  return property == "text" || property == "articleBody" || begins_any(attribute(page, blockquote, AttributeName::class_), post_bodies);
}

bool is_post_line(Page& page, NodeId block) {
  std::size_t bytes = 0, looked_at = 0;
  int steps = 0;
  char last = 0;
  for (NodeId id = block; id != no_node; id = next_in_order(page, id, block)) {
    if (page[id].kind == NodeKind::text) {
      const std::string_view text = page[id].text();
      // It is asked for every element of a line: what is long must not be read again and again.
      if ((looked_at += text.size()) > most_looked_at) return false;
      for (const char c : text) {
        if (static_cast<unsigned char>(c) <= ' ') continue;
        ++bytes;
        last = c;
      }
    }
    if (bytes > 4 * most_post_line || ++steps > 128) return false;
  }
  if (last == '.') return false;
  int level = 0;
  for (NodeId id = block; id != no_node && id != page.body && level < 12; id = page[id].parent, ++level) {
    if (page[id].kind != NodeKind::element) continue;
    if (begins_any(attribute(page, id, AttributeName::class_), post_classes) ||
        begins_any(attribute(page, id, AttributeName::itemprop), post_properties))
      return true;
    const std::string_view type = attribute(page, id, AttributeName::itemtype);
    if (const std::size_t slash = type.rfind('/');
        slash != std::string_view::npos && begins_any(type.substr(slash + 1), post_types))
      return true;
  }
  return false;
}

}  // namespace offprint
