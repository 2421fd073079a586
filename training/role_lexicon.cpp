#include "role_lexicon.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace offprint {
namespace {

constexpr int least_domains = 3;
constexpr float most_of_a_domain = 3;  // a domain weighs at most as so many pages
constexpr float smoothing = 2;         // so many blocks of average roles are added to each token's own
constexpr float rarest = 0.002f;       // no role's prior is smaller

float sum_of(const RoleShares& shares) {
  float sum = 0;
  for (float s : shares) sum += s;
  return sum;
}

}  // namespace

PageShares shares_of(const std::unordered_map<std::uint32_t, RoleShares>& counts) {
  PageShares out;
  out.reserve(counts.size());
  for (const auto& [token, roles] : counts) {
    RoleShares shares = roles;
    const float sum = sum_of(roles);
    if (sum <= 0) continue;
    const float weight = std::min(1.0f, sum / 2) / sum;
    for (float& s : shares) s *= weight;
    out.push_back({token, shares});
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  return out;
}

void RoleLearner::add(const std::string& domain, const PageShares& page) {
  auto& own = domains_[domain];
  for (const auto& [token, shares] : page) {
    RoleShares& sum = own[token];
    for (std::size_t r = 0; r < role_width; ++r) sum[r] += shares[r];
  }
}

void RoleLearner::learn(TokenStore& store) {
  RoleShares all{};
  for (auto& [domain, own] : domains_)
    for (auto& [token, shares] : own) {
      const float sum = sum_of(shares), scale = sum > most_of_a_domain ? most_of_a_domain / sum : 1;
      Total& total = totals_[token];
      for (std::size_t r = 0; r < role_width; ++r) {
        shares[r] *= scale;
        total.shares[r] += shares[r];
        all[r] += shares[r];
      }
      ++total.domains;
    }
  const float sum = std::max(1e-9f, sum_of(all));
  for (std::size_t r = 0; r < role_width; ++r) prior_[r] = std::max(rarest, all[r] / sum);
  for (const auto& [token, total] : totals_) {
    if (total.domains < least_domains) continue;
    TokenRecord& record = store.put(token);
    record.told |= tells_roles;
    set(record, total.shares, total.domains);
  }
}

// What too few domains have told is as good as never seen.
void RoleLearner::set(TokenRecord& record, const RoleShares& shares, int domains) const {
  const float sum = std::max(0.0f, sum_of(shares));
  for (std::size_t r = 0; r < static_cast<std::size_t>(role_count); ++r) {
    const float odds = std::log((std::max(0.0f, shares[r]) + smoothing * prior_[r]) / (sum + smoothing)) - std::log(prior_[r]);
    record.roles[r] =
        domains < least_domains ? std::int8_t{0} : static_cast<std::int8_t>(std::lround(std::clamp(odds * 16, -127.0f, 127.0f)));
  }
}

void RoleLearner::leave_out(const std::string& domain, TokenStore& store) {
  const auto found = domains_.find(domain);
  if (found == domains_.end()) return;
  for (const auto& [token, own] : found->second) {
    TokenRecord* const record = store.find(token);
    if (record == nullptr || (record->told & tells_roles) == 0) continue;
    undo_.push_back({token, record->roles});
    const Total& total = totals_[token];
    RoleShares rest = total.shares;
    for (std::size_t r = 0; r < role_width; ++r) rest[r] -= own[r];
    set(*record, rest, total.domains - 1);
  }
}

void RoleLearner::restore(TokenStore& store) {
  for (const auto& [token, before] : undo_) store.find(token)->roles = before;
  undo_.clear();
}

bool RoleLearner::write(const std::string& path, const TokenTable& table) const {
  std::FILE* file = std::fopen(path.c_str(), "w");
  if (file == nullptr) return false;
  for (const auto& [token, total] : totals_) {
    const TokenRecord* const record = table.find(token);
    if (record == nullptr || (record->told & tells_roles) == 0) continue;
    fmt::print(file, "{}", token);
    for (const std::int8_t value : record->roles) fmt::print(file, "\t{}", value);
    fmt::print(file, "\t{}\n", total.domains);
  }
  return std::fclose(file) == 0;
}

TokenStore read_role_table(const std::string& path) {
  TokenStore store;
  if (std::FILE* file = std::fopen(path.c_str(), "r")) {
    unsigned token;
    while (std::fscanf(file, "%u", &token) == 1) {
      TokenRecord& record = store.put(token);
      record.told = tells_roles;
      int v = 0;
      for (std::int8_t& value : record.roles)
        if (std::fscanf(file, "%d", &v) == 1) value = static_cast<std::int8_t>(v);
      if (std::fscanf(file, "%d", &v) != 1) break;  // of how many domains
    }
    std::fclose(file);
  }
  return store;
}

}  // namespace offprint
