#include "document/assemble.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/unicode.h"
#include "base/url.h"
#include "document/embeds.h"
#include "document/notes.h"
#include "document/pictures.h"

namespace offprint {
namespace {

// `room`: bytes that addresses may still take. Past it they stay as written: a long <base> and a hundred thousand short
// links would otherwise be a page's size a hundred times over.
std::string_view absolute(std::string_view reference, std::string_view base, Arena& arena, std::size_t& room) {
  if (room == 0) return reference;
  // "/web/2020im_/https://…" is how a page that a web archive saved leads to what the archive saved with it.
  std::string_view url = resolve_url(base, reference, arena);
  if (reference.starts_with('/')) url = saved_address(url);
  room -= std::min(room, url.size());
  return url;
}

bool has_marks(const Decision& d) {
  return d.chosen || d.role == Role::headline || d.role == Role::caption;
}

// A bar between a story's picture and its text: what is shared and printed there.
bool is_tool(Role role) { return role == Role::social || role == Role::controls; }

constexpr std::size_t no_picture = ~std::size_t{0};
// The last picture among the marks that has an address, and where the pictures without one behind it end.
struct LastPicture {
  std::size_t at = no_picture, end = 0;
  NodeId node = no_node;
};

// Leaves out the last mark where it is the picture before once more: what <noscript> has for one that a script would load, or the one for
// dark screens.
void leave_out_twin(Page& page, NodeId node, std::vector<Mark>& marks, std::size_t first, LastPicture& last) {
  const Mark& mark = marks.back();
  const std::size_t at = marks.size() - 1;
  if (mark.target.empty()) {
    last.end += last.end == at;
    return;
  }
  bool twin = false;
  if (last.at != no_picture && last.at >= first && marks[last.at].begin == mark.begin) {
    Mark& before = marks[last.at];
    twin = before.target == mark.target && last.end == at;
    if (!twin && !mark.label.empty() && before.label == mark.label && before.target != mark.target) {
      const Twin what = twin_of(page, last.node, before.target, node, mark.target);
      twin = what != Twin::none;
      if (what == Twin::replaces) {
        before.target = mark.target;
        last.node = node;
      }
    }
  }
  if (twin) {
    marks.pop_back();
  } else {
    last = {at, at + 1, node};
  }
}

// first: in `to`, of the block's. Marks, as blocks, are filled where they stay: a copy would wait for their small stores to become large loads.
void add_mark(Page& page, const RawMark& raw, std::string_view text, std::string_view base, Arena& arena, std::size_t& room,
              std::vector<Mark>& to, std::size_t first, LastPicture& last) {
  Mark& mark = to.emplace_back();
  mark.kind = raw.kind;
  mark.begin = raw.begin;
  mark.end = raw.end;
  mark.apart = raw.apart && raw.kind == MarkKind::image;
  if (raw.kind == MarkKind::link) {
    const std::string_view href = attribute(page, raw.node, AttributeName::href);
    if (!href.empty() && href.front() != '#') mark.target = absolute(href, base, arena, room);
  } else if (raw.kind == MarkKind::image) {
    const std::string_view address = is_dot(page, raw.node) ? std::string_view{} : image_address(page, raw.node);
    if (!address.empty()) mark.target = absolute(address, base, arena, room);
    mark.label = image_label(page, raw.node);
    leave_out_twin(page, raw.node, to, first, last);
  } else if (raw.kind == MarkKind::math) {
    mark.target = text.substr(raw.begin, raw.end - raw.begin);
  }
}

bool is_all_link(const RawBlock& block) { return block.link_bytes + 2 >= block.text.size(); }

// Whether a figure's caption follows what stands in the figure.
bool stands_above_caption(const Page& page, const Blocks& blocks, std::size_t at) {
  constexpr std::size_t most_behind = 3;
  if (blocks.blocks[at].node == no_node) return false;
  const NodeId figure = figure_of(page, blocks.blocks[at].node);
  for (std::size_t i = at + 1; figure != no_node && i < blocks.blocks.size() && i <= at + most_behind; ++i) {
    const RawBlock& block = blocks.blocks[i];
    if (block.span.begin >= page[figure].span.end) break;
    if (block.kind == BlockKind::caption && block.hidden == Hidden::no) return true;
  }
  return false;
}

// "Open image in gallery", "Share": a link in a figure is no caption where the figure has one, nor ever where it leads to where pages are shared.
Role role_in_figure(Page& page, const Blocks& blocks, std::size_t at, Role role) {
  const RawBlock& block = blocks.blocks[at];
  if (role != Role::caption || block.kind == BlockKind::caption || block.node == no_node) return role;
  if (block.kind != BlockKind::control && !is_all_link(block)) return role;
  for (std::uint32_t k = 0; k < block.marks_count; ++k) {
    const RawMark& mark = blocks.marks[block.marks_begin + k];
    if (mark.kind == MarkKind::link && is_share_address(attribute(page, mark.node, AttributeName::href))) return Role::social;
  }
  return stands_above_caption(page, blocks, at) ? Role::controls : role;
}

// "rust", "python": a class of <pre> or <code> that is nothing but the name of a language.
std::string_view language_by_name(std::string_view classes) {
  static constexpr std::string_view names[] = {"bash", "c", "clojure", "cpp", "csharp", "css", "diff", "dockerfile", "elixir", "erlang", "go", "haskell", "html", "ini",
                                               "java", "javascript", "js", "json", "kotlin", "lua", "makefile", "perl", "php", "powershell", "python", "ruby", "rust",
                                               "scala", "scss", "sh", "shell", "sql", "swift", "toml", "ts", "typescript", "xml", "yaml"};
  std::string_view language;
  any_token(classes, [&](std::string_view name) {
    if (std::binary_search(std::begin(names), std::end(names), name)) language = name;
    return !language.empty();
  });
  return language;
}

// "language-cpp", "lang-js", "highlight-source-shell", "brush: php" on the code's element or those around it.
std::string_view code_language(Page& page, NodeId node) {
  for (int level = 0; level < 4 && node != no_node && node != document_node; ++level, node = page[node].parent) {
    if (page[node].kind != NodeKind::element) continue;
    for (AttributeName name : {AttributeName::data_lang, AttributeName::data_language}) {
      const std::string_view value = attribute(page, node, name);
      if (!value.empty() && value.size() < 32) return value;
    }
    NodeId holders[2] = {node, page[node].first_child};
    for (NodeId holder : holders) {
      if (holder == no_node || page[holder].kind != NodeKind::element) continue;
      const std::string_view classes = attribute(page, holder, AttributeName::class_).substr(0, 256);
      for (std::string_view prefix : {"language-", "lang-", "highlight-source-", "brush: ", "brush:"}) {
        const std::size_t at = classes.find(prefix);
        if (at == std::string_view::npos || (at > 0 && classes[at - 1] != ' ')) continue;
        std::string_view rest = classes.substr(at + prefix.size());
        rest = rest.substr(0, rest.find_first_of(" ;,"));
        if (!rest.empty() && rest.size() < 32 && rest != "none" && rest != "plaintext") return rest;
      }
      if (page[holder].tag == Tag::pre || page[holder].tag == Tag::code)
        if (const std::string_view name = language_by_name(classes); !name.empty()) return name;
    }
  }
  return {};
}

// "", "✓", "*"; but ":)" is a word of a kind.
bool is_bare_sign(std::string_view label) {
  std::size_t at = 0;
  return label.empty() || (!is_word_char(next_code_point(label, at)) && at == label.size());
}

// A picture without words that may be an ornament: in a cell of a table it may be what the cell says, and amid a text it is a word of it, as in
// "Press ⏎ and then".
bool may_be_ornament(const Mark& mark, const RawBlock& block) {
  return mark.kind == MarkKind::image && is_bare_sign(mark.label) && !mark.target.empty() && block.kind != BlockKind::table && (mark.begin == 0 || mark.begin >= block.text.size());
}

// One of them again and again: ticks, stars, bullets. `wordless`: their places in out.marks.
void leave_out_ornaments(Assembly& out, std::vector<std::size_t>& wordless) {
  constexpr std::size_t ornament = 3;  // times
  if (wordless.size() < ornament) return;
  const auto target = [&](std::size_t i) { return out.marks[i].target; };
  std::sort(wordless.begin(), wordless.end(), [&](std::size_t a, std::size_t b) { return target(a) < target(b); });
  for (std::size_t first = 0, last = 0; first < wordless.size(); first = last) {
    const std::string_view same = target(wordless[first]);
    while (last < wordless.size() && target(wordless[last]) == same) ++last;
    for (std::size_t i = first; i < last && last - first >= ornament; ++i) out.marks[wordless[i]].target = {};
  }
}

// An embed of the content: a block without text, whose one mark says where it is.
void add_embed(Page& page, const Blocks& blocks, const Decisions& decisions, const RawEmbed& embed, const DecodedText& decoded,
               std::string_view base, Arena& arena, std::size_t& room, Assembly& out) {
  const std::string_view address = embed_address(page, embed.node, arena);
  if (address.empty() || !embed_is_content(page, blocks, decisions, embed)) return;
  if (page[embed.node].tag == Tag::blockquote && is_linked(page, blocks, decisions, embed, address)) return;
  const std::size_t first = out.marks.size();
  out.marks.push_back({MarkKind::link, 0, 0, false, absolute(address, base, arena, room), embed_label(page, embed.node)});
  Block block;
  block.kind = BlockKind::embed;
  block.in = embed.in;
  block.group = embed.group;
  block.ordinal = embed.ordinal;
  block.marks = {out.marks.data() + first, 1};
  const Span captured = captured_span(decoded, page[embed.node].span);
  block.span_begin = captured.begin;
  block.span_end = captured.end;
  out.blocks.push_back(block);
}

}  // namespace

std::string_view base_of(Page& page, std::string_view page_url, Arena& arena) {
  if (page.head == no_node || !page.has(Tag::base)) return page_url;
  for (NodeId id = page[page.head].first_child; id != no_node; id = page[id].next) {
    if (page[id].tag != Tag::base) continue;
    const std::string_view href = attribute(page, id, AttributeName::href);
    if (!href.empty()) return resolve_url(page_url, href, arena);
  }
  return page_url;
}

void assemble(Page& page, const Blocks& blocks, const Decisions& decisions, const DecodedText& decoded,
              std::string_view base, Arena& arena, Meter& meter, Assembly& out) {
  out.blocks.clear();
  out.places.clear();
  out.marks.clear();
  out.anchors.clear();
  out.text.clear();
  out.cut = false;
  out.blocks.reserve(blocks.blocks.size() + blocks.embeds.size());
  // Nearly all that can come: a vector that doubles would hold three times the marks of a page of nothing else.
  std::size_t most_marks = 2 * blocks.embeds.size();
  for (std::size_t i = 0; i < blocks.blocks.size(); ++i)
    if (has_marks(decisions.of_block[i])) most_marks += blocks.blocks[i].marks_count;
  out.marks.reserve(most_marks);
  std::size_t room = (1u << 20) + 4 * decoded.utf8.size();

  // A figure's picture hangs on its caption or on what stands behind the figure; where that is no content, the picture goes to the block that
  // follows.
  std::array<RawMark, 4> pictures;
  std::size_t waiting = 0, since = 0;
  bool begun = false, waits_for_text = false;  // or for a caption of their figure as well
  LastPicture last_picture;
  std::vector<std::size_t> wordless;

  std::size_t next_embed = 0;
  const auto embeds_before = [&](std::size_t index) {
    for (; next_embed < blocks.embeds.size() && blocks.embeds[next_embed].before <= index; ++next_embed)
      add_embed(page, blocks, decisions, blocks.embeds[next_embed], decoded, base, arena, room, out);
  };

  for (std::size_t i = 0; i < blocks.blocks.size(); ++i) {
    embeds_before(i);
    const RawBlock& raw = blocks.blocks[i];
    const Decision& d = decisions.of_block[i];
    const std::size_t place = out.blocks.size();
    out.places.push_back(static_cast<std::uint32_t>(place));
    Block& block = out.blocks.emplace_back();
    block.role = d.chosen ? d.role : role_in_figure(page, blocks, i, d.role);
    // Further paragraphs of a list item or a definition carry its group and level, and are no items of their own.
    block.kind = (raw.kind == BlockKind::list_item || raw.kind == BlockKind::definition) && !raw.first_of_item && !blocks.flat ? BlockKind::paragraph : raw.kind;
    block.content = d.chosen;
    block.hidden = raw.hidden != Hidden::no && raw.hidden != Hidden::noscript;
    block.level = raw.level;
    block.in = raw.in;
    block.confidence = d.confidence;
    block.text = raw.text;
    const Span captured = captured_span(decoded, raw.span);
    block.span_begin = captured.begin;
    block.span_end = captured.end;
    block.reason = d.reason;
    block.group = raw.group;
    block.ordinal = raw.ordinal;
    if (has_marks(d) && (d.chosen || block.role == d.role)) {
      const std::size_t first = out.marks.size();
      if (!d.chosen && raw.kind == BlockKind::caption && !waits_for_text && i - since <= 3 && !is_all_link(raw)) {
        const NodeId figure = figure_of(page, raw.node);
        for (std::size_t k = 0; k < waiting && figure != no_node; ++k)
          if (figure_of(page, pictures[k].node) == figure) add_mark(page, pictures[k], {}, base, arena, room, out.marks, first, last_picture);
        waits_for_text = true;
      }
      if (d.chosen && waiting > 0) {
        for (std::size_t k = 0; k < waiting && i - since <= 3; ++k) {
          if (raw.kind == BlockKind::table && !pictures[k].apart) continue;  // it comes with its caption
          pictures[k].apart = pictures[k].apart && raw.in.item != blocks.blocks[since].in.item;
          add_mark(page, pictures[k], {}, base, arena, room, out.marks, first, last_picture);
        }
        waiting = 0;
      }
      for (std::uint32_t k = 0; k < raw.marks_count; ++k) {
        const RawMark& mark = blocks.marks[raw.marks_begin + k];
        if (d.chosen && mark.kind == MarkKind::link && attribute(page, mark.node, AttributeName::href).starts_with('#'))
          out.anchors.push_back({place, out.marks.size(), mark.node});
        add_mark(page, mark, raw.text, base, arena, room, out.marks, first, last_picture);
      }
      block.marks = {out.marks.data() + first, out.marks.size() - first};
      for (std::size_t k = first; d.chosen && k < out.marks.size(); ++k)
        if (may_be_ornament(out.marks[k], raw)) wordless.push_back(k);
      if (raw.kind == BlockKind::code && raw.node != no_node) block.language = code_language(page, raw.node);
    }
    begun = begun || d.chosen || d.role == Role::headline;
    const bool tools = begun && is_tool(block.role) && raw.kind != BlockKind::caption;
    if (!d.chosen && (raw.kind == BlockKind::caption || tools)) {
      if (i - since > 3) waiting = 0;
      for (std::uint32_t k = 0; k < raw.marks_count && waiting < pictures.size(); ++k) {
        const RawMark& mark = blocks.marks[raw.marks_begin + k];
        if (mark.kind != MarkKind::image || (tools && !stood_above(page, mark))) continue;
        pictures[waiting] = {mark.kind, 0, 0, mark.node};
        pictures[waiting++].apart = tools;
        waits_for_text = raw.kind == BlockKind::caption;
      }
      since = i;
    }
    if (d.chosen) {
      if (out.text.size() + raw.text.size() + 2 > meter.budgets.output) {
        out.cut = true;
        block.content = false;
      } else {
        if (!out.text.empty()) out.text += "\n\n";
        out.text += raw.text;
      }
    }
  }
  embeds_before(blocks.blocks.size());
  // The marks lie one block's behind the other's; only now do they no longer move.
  const Mark* marks = out.marks.data();
  for (Block& block : out.blocks) {
    block.marks = {marks, block.marks.size()};
    marks += block.marks.size();
  }
  leave_out_ornaments(out, wordless);
  link_notes(page, blocks, out);
}

}  // namespace offprint
