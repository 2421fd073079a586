// UTF-8 → tokens → tree: spans lie in the input, trees are well-formed, a used page gives the tree that a fresh one gives,
// and so do AVX2, SSE2 and the portable twins.
#include <array>
#include <vector>

#include "base/cpu.h"
#include "encoding/encoding.h"
#include "fuzz/harness.h"
#include "fuzz/twin.h"
#include "tests/hostile/check.h"
#include "tests/tree/dat.h"
#include "tests/tree/well_formed.h"
#include "tokens/tokens.h"
#include "tree/tree.h"

namespace offprint::fuzz {
namespace {

constexpr std::array<std::string_view, 16> contexts = {
    "", "", "", "", "div", "table", "tr", "td", "select", "template", "svg desc", "math mi", "frameset", "form", "title", "p"};

// The tokenizer alone, as no tree builder would lead it.
void check_tokens(std::string_view utf8, unsigned options) {
  Arena arena;
  std::vector<Attribute> attributes;
  Meter meter;
  Tokenizer tokenizer(utf8, arena, attributes, meter);
  constexpr std::array<ContentModel, 5> models = {ContentModel::data, ContentModel::rcdata, ContentModel::rawtext,
                                                  ContentModel::script_data, ContentModel::plaintext};
  tokenizer.set_content_model(models[options % models.size()], options % 3 == 0 ? "script" : "title");
  Token token;
  std::uint32_t at = 0;
  std::size_t count = 0;
  do {
    token = {};
    tokenizer.next(token, options % 2 == 0);
    expect(token.span.begin <= token.span.end && token.span.end <= utf8.size(), "a token's span outside the input");
    expect(token.span.begin >= at, "tokens out of order");
    at = token.span.end;
    expect(hostile::well_formed_utf8(token.text), "a token is no UTF-8");
    expect(std::size_t{token.attributes_begin} + token.attributes_count <= attributes.size(), "a token's attributes");
    for (std::uint32_t i = 0; i < token.attributes_count; ++i) {
      Attribute& a = attributes[token.attributes_begin + i];
      expect(!a.name().empty() && hostile::well_formed_utf8(a.name()), "an attribute's name");
      expect(hostile::well_formed_utf8(attribute_value(a, arena)), "an attribute's value");
    }
    expect(++count <= utf8.size() + 2, "more tokens than bytes");
  } while (token.kind != TokenKind::eof);
}

void run(Page& page, std::string_view utf8, std::string_view context, bool scripting, const Budgets& budgets) {
  Meter meter(budgets);
  if (context.empty())
    parse(page, utf8, {.scripting = scripting}, meter);
  else
    parse_fragment(page, utf8, context, {.scripting = scripting}, meter);
  const testing::AssertionResult sound = tests::well_formed(page);
  expect(static_cast<bool>(sound), sound.message());
  expect(tests::depth_of(page) <= 2 * budgets.depth + 64, "too deep");
}

}  // namespace
}  // namespace offprint::fuzz

// Options: bits 0-3 the context, 4 scripting, 5 few nodes and little depth.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace offprint;
  using namespace offprint::fuzz;
  const Case input(data, size);
  Arena arena;
  Meter meter;
  const Exact exact(decode(input.bytes, "utf-8", arena, meter).utf8);
  const std::string_view context = contexts[input.options % contexts.size()];
  check_tokens(exact.bytes, input.options);

  Budgets budgets;
  if (input.bit(5)) {
    budgets.depth = 16;
    budgets.nodes = 50;
    budgets.attributes = 3;
  }
  static Page used;
  Page fresh;
  run(used, exact.bytes, context, input.bit(4), budgets);
  run(fresh, exact.bytes, context, input.bit(4), budgets);
  expect(tests::serialise(used, !context.empty()) == tests::serialise(fresh, !context.empty()), "a used page gives another tree");

  const std::string told = told_by_tree(exact.bytes, context, input.bit(4));
  expect(told == offprint_portable::fuzz::told_by_tree(exact.bytes, context, input.bit(4)), "portable code gives another tree");
  cpu::forbid_avx2(true);
  expect(told == told_by_tree(exact.bytes, context, input.bit(4)), "SSE2 gives another tree");
  cpu::forbid_avx2(false);
  return 0;
}
