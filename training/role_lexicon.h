// Learns what tokens say about roles (src/blocks/role_lexicon.h) from pages whose blocks have roles.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "blocks/role_lexicon.h"

namespace offprint {

using RoleShares = std::array<float, role_width>;

// Of one page, per token: how the blocks that it is said of share out over the roles, weighted by how many there are.
using PageShares = std::vector<std::pair<std::uint32_t, RoleShares>>;

// Makes the page's shares of what was counted per token: blocks by role.
PageShares shares_of(const std::unordered_map<std::uint32_t, RoleShares>& counts);

// The lexicon of all pages but those of one fold, of which single domains can be left out for a while.
class RoleLearner {
 public:
  void add(const std::string& domain, const PageShares& page);
  // After the last add(): makes the table.
  void learn();
  RoleLexicon lexicon() const { return {keys_, values_}; }
  // Until restore(), the table is as if this domain had not been seen.
  void leave_out(const std::string& domain);
  void restore();
  // token, then role_width log-odds in sixteenths, parted by tabs; sorted by token.
  bool write(const std::string& path) const;

 private:
  struct Total {
    RoleShares shares{};
    int domains = 0;
  };
  void set(std::size_t slot, const RoleShares& shares, int domains);
  std::map<std::string, std::unordered_map<std::uint32_t, RoleShares>> domains_;
  std::map<std::uint32_t, Total> totals_;
  RoleShares prior_{};
  std::vector<std::uint32_t> keys_;
  std::vector<std::int8_t> values_;
  std::vector<std::pair<std::size_t, std::array<std::int8_t, role_width>>> undo_;
};

// A lexicon that write() wrote.
struct RoleTable {
  std::vector<std::uint32_t> keys;
  std::vector<std::int8_t> values;
  RoleLexicon lexicon() const { return {keys, values}; }
};
RoleTable read_role_table(const std::string& path);

}  // namespace offprint
