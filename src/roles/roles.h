// Blocks and their features → which blocks are the content, and the role of every block.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include "blocks/blocks.h"
#include "blocks/features.h"
#include "offprint/document.h"
#include "offprint/offprint.h"
#include "roles/forest.h"
#include "roles/net.h"
#include "roles/page_type.h"

namespace offprint {

struct RoleChance {
  Role role = Role::other;
  float chance = 0;
};

struct Decision {
  Role role = Role::other;
  float confidence = 0;
  float content = 0;          // probability that it is content
  bool chosen = false;        // part of the text
  std::string_view reason;    // only where asked for; in the page's arena
  // The likeliest role of a block of the text, and of any other block; `role` and `confidence` are those of one of the two.
  RoleChance in_text, elsewhere;
};

inline void becomes(Decision& decision, RoleChance now) {
  decision.role = now.role;
  decision.confidence = std::clamp(now.chance, 0.0f, 1.0f);
}

// Of a block that was chosen.
inline void leave_out(Decision& decision) {
  decision.chosen = false;
  becomes(decision, decision.elsewhere);
}

struct Decisions {
  std::vector<Decision> of_block;   // parallel to Blocks::blocks
  PageType page_type = PageType::unknown;
  void clear() { of_block.clear(); page_type = PageType::unknown; }
  bool has_headline() const {
    return std::any_of(of_block.begin(), of_block.end(), [](const Decision& d) { return d.role == Role::headline; });
  }
};

// Roles as a set: a bit each.
constexpr std::uint32_t set_of(std::initializer_list<Role> roles) {
  std::uint32_t bits = 0;
  for (Role r : roles) bits |= 1u << static_cast<unsigned>(r);
  return bits;
}
inline constexpr std::uint32_t all_roles = (1u << role_count) - 1;

// Tiles of scores: of feature_tile blocks side by side, one score after the other; the first is the net's log-odds of being
// content, the others the probabilities of the roles.
inline constexpr std::size_t net_scores_tile = (static_cast<std::size_t>(role_count) + 1) * feature_tile;
struct RoleProbabilities {
  std::span<const float> scores;
  bool known(std::size_t block) const { return block / feature_tile < scores.size() / net_scores_tile; }
  float of(std::size_t block, Role role) const {
    return of_tile(block / feature_tile, role)[block % feature_tile];
  }
  // Of some roles, at least one, the likeliest; the first of equals.
  RoleChance likeliest(std::size_t block, std::uint32_t roles) const {
    RoleChance best{.chance = -1};
    for (; roles != 0; roles &= roles - 1) {
      const auto role = static_cast<Role>(std::countr_zero(roles));
      if (of(block, role) > best.chance) best = {role, of(block, role)};
    }
    return best;
  }
  // Whether the two roles together have such a chance in any block of a tile.
  bool any(std::size_t tile, Role one, Role other, float chance) const {
    if (!known(tile * feature_tile)) return false;
    const float *const a = of_tile(tile, one), *const b = of_tile(tile, other);
    unsigned found = 0;
    for (std::size_t i = 0; i < feature_tile; ++i) found |= a[i] + b[i] >= chance ? 1u : 0u;
    return found != 0;
  }

 private:
  const float* of_tile(std::size_t tile, Role role) const {
    return scores.data() + tile * net_scores_tile + (static_cast<std::size_t>(role) + 1) * feature_tile;
  }
};

struct ClassifyScratch {
  QuantisedRows content_rows, role_rows;  // of one tile
  NetRows net;
  std::vector<float> columns;                        // of one tile: see fill_features()
  std::vector<float> content_scores, net_scores;
  PageMeans page;
  FeatureSet wanted, wanted_flat;                    // what the models ask for
};

// Decides every block: content and roles by net and forests together, choose.h and what agrees with it; the page's type. `reasons`
// fills Decision::reason from the net's own contributions. Scratch of the caller is kept from page to page.
void classify(const Blocks& blocks, const Features& features, Favor favor, bool reasons, Arena& arena,
              ClassifyScratch& scratch, Decisions& out);

}  // namespace offprint
