#include "roles/roles.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "blocks/features.h"
#include "generated/content_flat_model.h"
#include "generated/content_model.h"
#include "generated/page_model.h"
#include "generated/role_flat_model.h"
#include "generated/role_model.h"
#include "roles/choose.h"
#include "roles/reasons.h"

namespace offprint {
namespace {

// Roles that the text of an article may hold.
constexpr std::uint32_t set_of(std::initializer_list<Role> roles) {
  std::uint32_t bits = 0;
  for (Role r : roles) bits |= 1u << static_cast<unsigned>(r);
  return bits;
}
constexpr std::uint32_t of_text = set_of({Role::body, Role::standfirst, Role::headline, Role::byline,
                                          Role::date, Role::caption, Role::notice, Role::bio});

// Probabilities of one block: those of a tile lie role by role.
struct RoleRow {
  const float* at;
  float operator[](Role role) const { return at[static_cast<std::size_t>(role) * feature_tile]; }
};
constexpr std::size_t role_tile = static_cast<std::size_t>(role_count) * feature_tile;

// Content and role are one decision: the content model says whether a block is part of the text, and the role
// is the likeliest of those that agree with it.
void agreeing_roles(const float* probabilities, std::size_t rows, Decision* decisions) {
  constexpr std::uint32_t when_not = ((1u << role_count) - 1) & ~set_of({Role::body});
  std::uint32_t allowed[feature_tile] = {}, best_role[feature_tile] = {};
  float best[feature_tile];
  for (std::size_t i = 0; i < rows; ++i) allowed[i] = decisions[i].chosen ? of_text : when_not;
  std::fill_n(best, feature_tile, -1.0f);
  for (std::uint32_t role = 0; role < role_count; ++role, probabilities += feature_tile) {
    for (std::size_t i = 0; i < feature_tile; ++i) {
      const float p = ((allowed[i] >> role) & 1u) != 0 ? probabilities[i] : -1.0f;
      best_role[i] = p > best[i] ? role : best_role[i];
      best[i] = std::max(best[i], p);
    }
  }
  for (std::size_t i = 0; i < rows; ++i) {
    decisions[i].role = static_cast<Role>(best_role[i]);
    decisions[i].confidence = std::clamp(best[i], 0.0f, 1.0f);
  }
}

// How likely a block asks something of its reader rather than being part of the story. Without markup an
// appeal reads like any other prose, and only the role model has seen what appeals say.
float asking(RoleRow of) {
  const float asks = of[Role::appeal] + of[Role::contribution] + of[Role::paywall] + of[Role::newsletter] +
                     of[Role::consent];
  const float tells = of[Role::body] + of[Role::standfirst];
  // Requests were spliced into every training page, far more than real pages hold, and a lost paragraph costs
  // more than an appeal left in: asking must be twenty times likelier than telling to halve a block's chance.
  constexpr float odds = 0.05f;
  return asks * odds / (asks * odds + tells + 0.002f);
}

// Content as both models see it: the mean of their log-odds. The role model has read the guide's labels,
// which say what a grid or a list is for: out of fold the texts are as good as by the content model alone,
// and the roles right more often. A role is never surer than 99 to 1.
float content_by_both(float content_score, RoleRow of) {
  constexpr float weight = 0.6f;  // of the role model; 0.4 to 1 are alike out of fold
  const double body = std::clamp(of[Role::body], 0.01f, 0.99f);
  // As double: where C libraries differ, they do so behind the digits of a float.
  const float log_odds = static_cast<float>(std::log(body / (1 - body)));
  return probability_of((content_score + weight * log_odds) / (1 + weight));
}

// Blocks within a few of words that ask for support.
constexpr std::size_t appeal_reach = 4;
constexpr std::uint32_t support_purposes = bit_of(Purpose::support_ask) | bit_of(Purpose::support_control);

bool speaks_of_support(const Features& features, std::size_t i) {
  return (features.facts[i].hits.purposes & support_purposes) != 0;
}

// Whether a block of the tile is near words that ask for support.
bool near_support(const Features& features, std::size_t first, std::size_t count) {
  const std::size_t begin = first >= appeal_reach ? first - appeal_reach : 0;
  const std::size_t end = std::min(features.facts.size(), first + count + appeal_reach);
  for (std::size_t i = begin; i < end; ++i)
    if (speaks_of_support(features, i)) return true;
  return false;
}

// Pages with an appeal in the midst of their story are too rare among the labelled ones for the model of
// markup to know them. The model of flattened text has seen many, and asks only what text alone tells: near
// words of support it is heard here too.
void hear_appeals(const Features& features, std::size_t first, std::size_t count, ClassifyScratch& scratch,
                  Decisions& out) {
  if (!near_support(features, first, count)) return;
  const Forest& model = generated::role_flat_model;
  quantise_tile(model, scratch.columns.data(), count, scratch.appeal_rows);
  scratch.page_scores.resize(role_tile);
  evaluate_tile(model, scratch.appeal_rows, scratch.page_scores.data());
  softmax_tile(scratch.page_scores.data(), role_count);
  for (std::size_t i = 0; i < count; ++i)
    if (near_support(features, first + i, 1))
      out.of_block[first + i].content *= 1 - asking({scratch.page_scores.data() + i});
}

// The page model asks only for columns that are the same in all rows: one row tells.
PageType type_of_page(ClassifyScratch& scratch) {
  const Forest& model = generated::page_model;
  quantise_tile(model, scratch.columns.data(), 1, scratch.page_rows);
  evaluate(model, scratch.page_rows, scratch.page_scores);
  // Its outputs are the types of the enumeration from `article` on.
  const auto best = std::max_element(scratch.page_scores.begin(), scratch.page_scores.end());
  return static_cast<PageType>(best - scratch.page_scores.begin() + 1);
}

FeatureSet asked_by(std::initializer_list<const Forest*> models) {
  FeatureSet set;
  set.columns.resize(feature_names().size());
  for (const Forest* model : models)
    for (const std::uint16_t column : model->input) set.columns[column] = true;
  return set;
}

}  // namespace

void classify(const Blocks& blocks, const Features& features, Favor favor, bool reasons, Arena& arena,
              ClassifyScratch& scratch, Decisions& out) {
  out.clear();
  const std::size_t n = blocks.blocks.size();
  out.of_block.resize(n);
  if (n == 0) return;
  // Flattened text has models of its own: nothing of what markup tells is known there.
  const Forest& content = blocks.flat ? generated::content_flat_model : generated::content_model;
  const Forest& roles = blocks.flat ? generated::role_flat_model : generated::role_model;
  if (scratch.columns.empty()) {
    scratch.columns.resize(feature_names().size() * feature_tile);
    scratch.wanted = asked_by({&generated::content_model, &generated::role_model, &generated::role_flat_model,
                               &generated::page_model});
    scratch.wanted_flat = asked_by({&generated::content_flat_model, &generated::role_flat_model});
  }
  const FeatureSet& wanted = blocks.flat ? scratch.wanted_flat : scratch.wanted;
  const std::size_t tiles = (n + feature_tile - 1) / feature_tile;
  scratch.content_scores.resize(feature_tile);
  scratch.role_scores.resize(tiles * role_tile);
  for (std::size_t tile = 0; tile < tiles; ++tile) {
    const std::size_t first = tile * feature_tile, count = std::min(feature_tile, n - first);
    float* const probabilities = scratch.role_scores.data() + tile * role_tile;
    fill_features(blocks, features, wanted, tile, scratch.columns.data());
    quantise_tile(content, scratch.columns.data(), count, scratch.content_rows);
    evaluate_tile(content, scratch.content_rows, scratch.content_scores.data());
    quantise_tile(roles, scratch.columns.data(), count, scratch.role_rows);
    evaluate_tile(roles, scratch.role_rows, probabilities);
    softmax_tile(probabilities, role_count);
    if (first == 0 && !blocks.flat) out.page_type = type_of_page(scratch);
    for (std::size_t i = 0; i < count; ++i) {
      const float score = scratch.content_scores[i];
      const RoleRow of{probabilities + i};
      out.of_block[first + i].content = blocks.flat ? probability_of(score) * (1 - asking(of)) : content_by_both(score, of);
    }
    if (!blocks.flat) hear_appeals(features, first, count, scratch, out);
  }
  choose_content(blocks, features, recall_weight(favor), out);
  for (std::size_t tile = 0; tile < tiles; ++tile) {
    const std::size_t first = tile * feature_tile, count = std::min(feature_tile, n - first);
    agreeing_roles(scratch.role_scores.data() + tile * role_tile, count, out.of_block.data() + first);
    if (!reasons) continue;
    // Rarely asked for: the rows are made once more rather than kept.
    fill_features(blocks, features, wanted, tile, scratch.columns.data());
    quantise_tile(roles, scratch.columns.data(), count, scratch.role_rows);
    for (std::size_t i = 0; i < count; ++i) {
      Decision& d = out.of_block[first + i];
      d.reason = reason_of(scratch.columns, i, roles, scratch.role_rows, d.role, arena);
    }
  }
}

}  // namespace offprint
