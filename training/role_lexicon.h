// Learns what tokens say about roles (src/blocks/token_table.h) from pages whose blocks have roles.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "token_table.h"

namespace offprint {

using RoleShares = std::array<float, role_width>;

// Of one page, per token: how the blocks that it is said of share out over the roles, weighted by how many there are.
using PageShares = std::vector<std::pair<std::uint32_t, RoleShares>>;

// Makes the page's shares of what was counted per token: blocks by role.
PageShares shares_of(const std::unordered_map<std::uint32_t, RoleShares>& counts);

// What all pages but those of one fold tell, of which single domains can be left out for a while.
class RoleLearner {
 public:
  void add(const std::string& domain, const PageShares& page);
  // After the last add(): puts what was learned into the store.
  void learn(TokenStore& store);
  // Until restore(), the store is as if this domain had not been seen.
  void leave_out(const std::string& domain, TokenStore& store);
  void restore(TokenStore& store);
  // token, role_width log-odds in sixteenths, domains that have it, parted by tabs; sorted by token.
  bool write(const std::string& path, const TokenTable& table) const;

 private:
  struct Total {
    RoleShares shares{};
    int domains = 0;
  };
  void set(TokenRecord& record, const RoleShares& shares, int domains) const;
  std::map<std::string, std::unordered_map<std::uint32_t, RoleShares>> domains_;
  std::map<std::uint32_t, Total> totals_;
  RoleShares prior_{};
  std::vector<std::pair<std::uint32_t, std::array<std::int8_t, role_width>>> undo_;
};

// What write() wrote.
TokenStore read_role_table(const std::string& path);

}  // namespace offprint
