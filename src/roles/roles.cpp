#include "roles/roles.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "base/cpu.h"
#include "blocks/features.h"
#include "generated/content_flat_model.h"
#include "generated/content_model.h"
#include "generated/page_model.h"
#include "generated/role_model.h"
#include "generated/sequence_flat_model.h"
#include "generated/sequence_model.h"
#include "roles/choose.h"
#include "roles/forest_kernels.h"
#include "roles/reasons.h"

namespace offprint {
namespace {

// Roles that the text of an article may hold, and those of all other blocks.
constexpr std::uint32_t of_text = set_of({Role::body, Role::standfirst, Role::headline, Role::byline,
                                          Role::date, Role::caption, Role::notice, Role::bio});
constexpr std::uint32_t elsewhere = all_roles & ~set_of({Role::body});

// A selection by a mask: of conditions GCC makes branches in the loops below, and no vectors.
[[gnu::always_inline]] inline std::uint32_t pick(bool yes, std::uint32_t one, std::uint32_t other) {
  const std::uint32_t mask = yes ? ~0u : 0u;
  return (one & mask) | (other & ~mask);
}
[[gnu::always_inline]] inline float pick(bool yes, float one, float other) {
  return std::bit_cast<float>(pick(yes, std::bit_cast<std::uint32_t>(one), std::bit_cast<std::uint32_t>(other)));
}

struct BestOfTile {
  std::array<std::uint32_t, feature_tile> role;
  std::array<float, feature_tile> chance;
};
// Of some roles (a bit each), and what is the best so far, the likeliest of each row, and how likely it is.
[[gnu::always_inline]] inline void best_roles(const float* probabilities, std::uint32_t roles, BestOfTile& best) {
  for (; roles != 0; roles &= roles - 1) {
    const auto role = static_cast<std::uint32_t>(std::countr_zero(roles));
    const float* const p = probabilities + role * feature_tile;
    for (std::size_t i = 0; i < feature_tile; ++i) {
      const bool better = p[i] > best.chance[i];
      best.role[i] = pick(better, role, best.role[i]);
      best.chance[i] = pick(better, p[i], best.chance[i]);
    }
  }
}

// Content as it is seen by the net, by its forest (which knows single features better) and by what net and forest
// say of the role, body or standfirst: a mean of log-odds. A role is never surer than 99 to 1. The weights are those of
// training/train_nets.py. `probabilities`: of the roles. `less`: is taken from the mean.
[[gnu::always_inline]] inline void content_by_all(const float* net_scores, const float* forest_scores, const float* probabilities, float less, float* content) {
  constexpr float of_forest = 0.35f, of_role = 0.25f;
  const float* const body = probabilities + static_cast<std::size_t>(Role::body) * feature_tile;
  const float* const standfirst = probabilities + static_cast<std::size_t>(Role::standfirst) * feature_tile;
  for (std::size_t i = 0; i < feature_tile; ++i) {
    const float said = body[i] + standfirst[i];
    const float some = pick(said < 0.01f, 0.01f, said), likely = pick(0.99f < some, 0.99f, some);
    const float role_score = forest::log_of(likely / (1 - likely));
    const float with_forest = net_scores[i] + of_forest * (forest_scores[i] - net_scores[i]);
    const float score = with_forest + of_role * (role_score - net_scores[i]) - less;
    const float down = -std::abs(score);
    const float e = forest::exp_of(pick(down < forest::least_exponent, forest::least_exponent, down));
    content[i] = pick(score < 0, e, 1.0f) / (1.0f + e);
  }
}

#ifdef OFFPRINT_HAS_AVX2
OFFPRINT_AVX2 void best_roles_avx2(const float* probabilities, std::uint32_t roles, BestOfTile& best) {
  best_roles(probabilities, roles, best);
}
OFFPRINT_AVX2 void content_by_all_avx2(const float* net_scores, const float* forest_scores, const float* probabilities, float less, float* content) {
  content_by_all(net_scores, forest_scores, probabilities, less, content);
}
bool wide() { return cpu::has_avx2(); }
#else
constexpr auto best_roles_avx2 = best_roles;
constexpr auto content_by_all_avx2 = content_by_all;
constexpr bool wide() { return false; }
#endif

// Content and role are one decision: what a block is if it is part of the text, and what if it is not, is known before
// choose_content() says which.
void roles_of_both(const float* probabilities, std::size_t rows, Decision* decisions) {
  BestOfTile best;
  best.role.fill(0);
  best.chance.fill(-1.0f);
  const auto look_at = [&](std::uint32_t roles, BestOfTile& of) {
    wide() ? best_roles_avx2(probabilities, roles, of) : best_roles(probabilities, roles, of);
  };
  look_at(of_text & elsewhere, best);
  BestOfTile in_text = best;
  look_at(of_text & ~elsewhere, in_text);
  look_at(elsewhere & ~of_text, best);
  for (std::size_t i = 0; i < rows; ++i) {
    decisions[i].in_text = {static_cast<Role>(in_text.role[i]), std::clamp(in_text.chance[i], 0.0f, 1.0f)};
    decisions[i].elsewhere = {static_cast<Role>(best.role[i]), std::clamp(best.chance[i], 0.0f, 1.0f)};
  }
}

// A block may be the headline where none is likelier, if it is at least so likely.
constexpr float least_headline = 0.1f;

// A page has one headline: the likeliest of those that are said to be it, or, where none is, of all blocks. Any other is whatever
// else is likeliest where it stands.
void one_headline(const RoleProbabilities& probabilities, Decisions& decisions) {
  std::vector<Decision>& of = decisions.of_block;
  const bool said = decisions.has_headline();
  float most = said ? -1 : least_headline;
  std::size_t best = of.size();
  for (std::size_t i = 0; i < of.size(); ++i) {
    if (said && of[i].role != Role::headline) continue;
    const float chance = probabilities.of(i, Role::headline);
    if (chance > most) most = chance, best = i;
  }
  for (std::size_t i = 0; i < of.size(); ++i)
    if (of[i].role == Role::headline && i != best)
      becomes(of[i], probabilities.likeliest(i, (of[i].chosen ? of_text : elsewhere) & ~set_of({Role::headline})));
  if (best < of.size()) becomes(of[best], {Role::headline, most});
}

FeatureSet asked_by(const Net& net, std::initializer_list<const Forest*> models) {
  FeatureSet set;
  set.columns.resize(feature_names().size());
  for (const std::uint16_t column : net.input) set.columns[column] = true;
  for (const Forest* model : models)
    for (const std::uint16_t column : model->input) set.columns[column] = true;
  return set;
}

}  // namespace

void classify(const Blocks& blocks, const Features& features, Favor favor, bool reasons, Arena& arena,
              ClassifyScratch& scratch, Decisions& out) {
  static_assert(net_tile == feature_tile && QuantisedRows::tile_rows == feature_tile);
  out.clear();
  const std::size_t n = blocks.blocks.size(), tiles = (n + feature_tile - 1) / feature_tile;
  out.of_block.resize(n);
  scratch.net_scores.resize(tiles * net_scores_tile);
  if (n == 0) return;
  // Flattened text has a net of its own: nothing of what markup tells is known there.
  const Net& net = blocks.flat ? generated::sequence_flat_model : generated::sequence_model;
  const Forest& content = blocks.flat ? generated::content_flat_model : generated::content_model;
  const Forest& page = generated::page_model;  // not of flattened text
  if (scratch.columns.empty()) {
    scratch.columns.resize(feature_names().size() * column_stride);
    scratch.wanted = asked_by(generated::sequence_model, {&generated::content_model, &generated::role_model});
    want_page_inputs(page, scratch.wanted);
    scratch.wanted_flat = asked_by(generated::sequence_flat_model, {&generated::content_flat_model});
  }
  const FeatureSet& wanted = blocks.flat ? scratch.wanted_flat : scratch.wanted;
  scratch.content_scores.resize(tiles * feature_tile);
  scratch.net.remember = reasons;
  prepare_net(net, n, scratch.net, page_column_count);
  begin_page(page, scratch.page);
  for (std::size_t tile = 0; tile < tiles; ++tile) {
    const std::size_t first = tile * feature_tile, count = std::min(feature_tile, n - first);
    fill_features(blocks, features, wanted, tile, scratch.columns.data(), tile == 0);
    std::array<const std::int16_t*, feature_tile> vectors;
    put_rows(net, scratch.columns.data(), features.vectors.of_tile(first, count, vectors), first, count, scratch.net);
    const auto judge = [&](const Forest& model, QuantisedRows& rows, float* scores) {
      quantise_tile(model, scratch.columns.data(), count, rows, first == 0 ? 0 : inputs_below(model.input, page_column_count));
      evaluate_tile(model, rows, scores);
    };
    judge(content, scratch.content_rows, scratch.content_scores.data() + first);
    // What the net says is added to what the forest says of roles.
    float* const scores = scratch.net_scores.data() + tile * net_scores_tile;
    std::fill_n(scores, blocks.flat ? net_scores_tile : feature_tile, 0.0f);
    if (!blocks.flat) judge(generated::role_model, scratch.role_rows, scores + feature_tile);
    if (!blocks.flat) add_columns(page, blocks, tile, scratch.columns.data(), scratch.page);
  }
  run_net(net, scratch.net, scratch.net_scores.data());
  const float less = blocks.flat ? 0.0f : 0.1f;  // the guide of roles calls more body than references hold
  for (std::size_t tile = 0; tile < tiles; ++tile) {
    const std::size_t first = tile * feature_tile, count = std::min(feature_tile, n - first);
    float* const scores = scratch.net_scores.data() + tile * net_scores_tile;
    softmax_tile(scores + feature_tile, role_count);
    std::array<float, feature_tile> of_tile;
    const float* const of_forest = scratch.content_scores.data() + first;
    const float* const of_roles = scores + feature_tile;
    wide() ? content_by_all_avx2(scores, of_forest, of_roles, less, of_tile.data())
           : content_by_all(scores, of_forest, of_roles, less, of_tile.data());
    for (std::size_t i = 0; i < count; ++i) out.of_block[first + i].content = of_tile[i];
    roles_of_both(of_roles, count, out.of_block.data() + first);
    if (!blocks.flat) add_chances(page, blocks, tile, of_roles, scratch.page);
  }
  if (!blocks.flat) out.page_type = type_of_page(page, scratch.page);
  choose_content(blocks, features, recall_weight(favor), out);
  for (Decision& d : out.of_block) becomes(d, d.chosen ? d.in_text : d.elsewhere);
  one_headline({scratch.net_scores}, out);
  leave_out_unshown(blocks, out);
  for (std::size_t tile = 0; reasons && tile < tiles; ++tile) {
    const std::size_t first = tile * feature_tile, count = std::min(feature_tile, n - first);
    // Rarely asked for: the rows are made once more rather than kept.
    fill_features(blocks, features, wanted, tile, scratch.columns.data());
    for (std::size_t i = 0; i < count; ++i) {
      Decision& d = out.of_block[first + i];
      d.reason = reason_of(scratch.columns, net, scratch.net, first + i, d.role, arena);
    }
  }
}

}  // namespace offprint
