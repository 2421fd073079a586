// Runs the tokenizer over a copy of the input in a buffer of its exact size, so that a sanitizer sees one
// byte too many, and gives back owned tokens.
#pragma once

#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tokens/tokens.h"

namespace offprint {

struct OwnedToken {
  Token token;  // its views are dead
  std::string text, public_id, system_id;
  std::vector<std::pair<std::string, std::string>> attributes;
};

struct Tokenized {
  std::vector<OwnedToken> tokens;  // the last is eof
  Meter meter;
};

inline Tokenized tokenize(std::string_view input, ContentModel model = ContentModel::data,
                          std::string_view last_start_tag = {}, bool cdata = false,
                          const Budgets& budgets = {}) {
  Tokenized run{{}, Meter(budgets)};
  const std::unique_ptr<char[]> exact(new char[input.size()]);
  if (!input.empty()) std::memcpy(exact.get(), input.data(), input.size());
  Arena arena;
  std::vector<Attribute> attributes;
  Tokenizer tokenizer({exact.get(), input.size()}, arena, attributes, run.meter);
  if (model != ContentModel::data) tokenizer.set_content_model(model, last_start_tag);
  do {
    Token token;
    tokenizer.next(token, cdata);
    OwnedToken owned{
        token, std::string(token.text), std::string(token.public_id), std::string(token.system_id), {}};
    for (std::uint32_t i = 0; i < token.attributes_count; ++i) {
      Attribute& a = attributes[token.attributes_begin + i];
      owned.attributes.emplace_back(a.name(), attribute_value(a, arena));
    }
    run.tokens.push_back(std::move(owned));
  } while (run.tokens.back().token.kind != TokenKind::eof);
  return run;
}

}  // namespace offprint
