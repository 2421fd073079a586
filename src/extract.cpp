// The whole flow of one page: bytes → text → tree → blocks → features → roles → fields → document.
#include <string>

#include "base/arena.h"
#include "base/budget.h"
#include "base/cpu.h"
#include "blocks/blocks.h"
#include "blocks/features.h"
#include "document/assemble.h"
#include "document/fields.h"
#include "document/giving.h"
#include "document/held.h"
#include "document/hints.h"
#include "document/product.h"
#include "document/request.h"
#include "document/support.h"
#include "encoding/encoding.h"
#include "offprint/offprint.h"
#include "roles/roles.h"
#include "roles/signatures.h"
#include "tree/tree.h"

namespace offprint {

struct Extractor::State {
  Arena arena;
  Page page;
  Blocks blocks;
  Page inner;  // markup that the page holds in data
  Blocks inner_blocks;
  HeadFields head;
  Features features;
  Decisions decisions;
  ClassifyScratch scratch;
  Request request;
  Fields fields;
  Assembly assembly;
  Document document;
};

namespace {

// The largest page of the corpora has 2,642 blocks.
constexpr std::size_t most_kept_blocks = 16384;

Budgets budgets_of(const Limits& limits) {
  Budgets b;
  b.bytes = limits.bytes;
  b.nodes = limits.nodes;
  b.depth = limits.depth;
  b.attributes = limits.attributes;
  b.output = limits.output;
  b.json_depth = limits.json_depth;
  b.milliseconds = limits.milliseconds;
  return b;
}

std::string_view name_of(Limit limit) {
  switch (limit) {
    case Limit::bytes: return "bytes";
    case Limit::nodes: return "nodes";
    case Limit::depth: return "depth";
    case Limit::attributes: return "attributes";
    case Limit::output: return "output";
    case Limit::json_depth: return "json_depth";
    case Limit::time: return "time";
    default: return {};
  }
}

}  // namespace

Extractor::Extractor() : state_(std::make_unique<State>()) {}
Extractor::~Extractor() = default;
Extractor::Extractor(Extractor&&) noexcept = default;
Extractor& Extractor::operator=(Extractor&&) noexcept = default;

const Document& Extractor::extract(const Capture& capture, const Options& options) {
  State& s = *state_;
  s.arena.reset();
  s.page.clear();
  s.head.clear();
  Meter meter(budgets_of(options.limits));

  const DecodedText text = decode(capture.bytes, capture.charset, s.arena, meter);
  // Named in the end; until then time is still watched.
  const bool cut = meter.spent == Limit::bytes;
  if (cut) meter.spent = Limit::none;
  const bool flat = capture.input == Input::text || (capture.input == Input::detect && !looks_like_html(text.utf8));
  if (flat) {
    flat_blocks(text.utf8, s.arena, s.blocks, meter);
  } else {
    parse(s.page, text.utf8, as_captured, meter);
    read_head(s.page, capture.url, s.arena, meter, s.head);
    find_blocks(s.page, s.blocks, meter);
  }
  prepare_features(s.page, s.blocks, hints_of(s.head), node_lexicon(), s.features);
  classify(s.blocks, s.features, options.favor, options.reasons, s.arena, s.scratch, s.decisions);
  if (s.decisions.page_type == PageType::forum) leave_out_signatures(s.page, s.blocks, s.decisions);
  keep_durations(s.page, s.blocks, s.decisions);
  add_held_content(s.page, s.head, s.inner, s.inner_blocks, s.blocks, s.decisions, s.arena, meter);
  // Captures often come without an address; links to the page's own site are known by its own word then.
  const std::string_view own = hints_of(s.head).url;
  const std::string_view address = capture.url.empty() && own.size() <= most_address ? own : capture.url;
  find_request(s.page, s.blocks, {s.scratch.net_scores}, base_of(s.page, address, s.arena), s.decisions, s.arena, s.request);
  if (s.blocks.blocks.size() > most_kept_blocks) {
    // What judged the blocks of a very large page is let go before its document is made: both together would be its peak.
    s.features = {};
    s.scratch = {};
  }
  find_fields(s.page, s.head, s.blocks, s.decisions, s.arena, meter, s.fields);
  head_with_title(s.fields, s.decisions);

  Document& d = s.document;
  d = {};
  d.source = capture.source;
  d.encoding = text.encoding;
  d.url = s.fields.url;
  d.title = s.fields.title;
  d.authors = s.fields.authors;
  d.date = s.fields.date;
  d.modified = s.fields.modified;
  d.language = s.fields.language;
  d.site = s.fields.site;
  d.description = s.fields.description;
  d.image = s.fields.image;
  d.page_type = s.decisions.page_type;
  find_product(s.page, s.head, s.fields, s.blocks, s.decisions, s.arena, d.product);
  const std::string_view base = base_of(s.page, capture.url.empty() ? d.url : capture.url, s.arena);
  find_support(s.page, s.blocks, s.decisions, s.request, base, s.arena, d.support);
  assemble(s.page, s.blocks, s.decisions, text, base, s.arena, meter, s.assembly);
  d.text = s.assembly.text;
  d.blocks = s.assembly.blocks;
  d.right_to_left = s.fields.right_to_left;
  d.status = d.text.empty() ? Status::empty : Status::ok;
  if (s.assembly.cut && meter.spent == Limit::none) meter.spent = Limit::output;
  if (cut) meter.spent = Limit::bytes;
  const Limit limit = meter.spent != Limit::none ? meter.spent : meter.noted;
  if (limit != Limit::none) {
    d.status = Status::partial;
    d.budget = name_of(limit);
  }
  return d;
}

std::size_t Extractor::held_bytes() const {
  const State& s = *state_;
  return s.arena.held() + s.page.arena.held() + s.inner.arena.held() + s.page.nodes.capacity() * sizeof(Node) +
         s.page.attributes.capacity() * sizeof(Attribute) + s.blocks.blocks.capacity() * sizeof(RawBlock) +
         s.blocks.marks.capacity() * sizeof(RawMark) + s.features.facts.capacity() * sizeof(TextFacts) +
         s.features.vectors.means.capacity() * sizeof(TextVectors::Mean) + s.features.vectors.of_block.capacity() * sizeof(std::uint32_t) +
         s.page.values.hashes.capacity() * 16 + s.page.scripts.capacity() * sizeof(NodeId) +
         s.features.sums.capacity() * sizeof(BlockSums) + s.features.boxes.boxes.capacity() * (sizeof(Box) + sizeof(Climb));
}

bool allow_amx() { return cpu::allow_amx(); }

std::string_view version() { return "0.1.0"; }

}  // namespace offprint
