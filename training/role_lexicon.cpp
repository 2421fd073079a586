#include "role_lexicon.h"

#include "token_table.h"

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

void RoleLearner::learn() {
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
  std::size_t kept = 0;
  for (const auto& [token, total] : totals_) kept += total.domains >= least_domains;
  keys_.assign(slots_for(kept), 0);
  values_.assign(keys_.size() * role_width, 0);
  for (const auto& [token, total] : totals_) {
    if (total.domains >= least_domains) set(put_token(keys_, token), total.shares, total.domains);
  }
}

// What too few domains have told is as good as never seen.
void RoleLearner::set(std::size_t slot, const RoleShares& shares, int domains) {
  const float sum = std::max(0.0f, sum_of(shares));
  for (std::size_t r = 0; r < static_cast<std::size_t>(role_count); ++r) {
    const float odds = std::log((std::max(0.0f, shares[r]) + smoothing * prior_[r]) / (sum + smoothing)) - std::log(prior_[r]);
    values_[slot * role_width + r] =
        domains < least_domains ? std::int8_t{0} : static_cast<std::int8_t>(std::lround(std::clamp(odds * 16, -127.0f, 127.0f)));
  }
}

void RoleLearner::leave_out(const std::string& domain) {
  const auto found = domains_.find(domain);
  if (found == domains_.end()) return;
  for (const auto& [token, own] : found->second) {
    const std::int8_t* at = lexicon().find(token);
    if (at == nullptr) continue;
    const std::size_t slot = static_cast<std::size_t>(at - values_.data()) / role_width;
    std::array<std::int8_t, role_width> before;
    std::copy_n(at, role_width, before.begin());
    undo_.push_back({slot, before});
    const Total& total = totals_[token];
    RoleShares rest = total.shares;
    for (std::size_t r = 0; r < role_width; ++r) rest[r] -= own[r];
    set(slot, rest, total.domains - 1);
  }
}

void RoleLearner::restore() {
  for (const auto& [slot, before] : undo_)
    std::copy(before.begin(), before.end(), values_.begin() + static_cast<std::ptrdiff_t>(slot * role_width));
  undo_.clear();
}

bool RoleLearner::write(const std::string& path) const {
  std::FILE* file = std::fopen(path.c_str(), "w");
  if (file == nullptr) return false;
  for (const auto& [token, total] : totals_) {
    const std::int8_t* at = lexicon().find(token);
    if (at == nullptr) continue;
    fmt::print(file, "{}", token);
    for (std::size_t r = 0; r < role_width; ++r) fmt::print(file, "\t{}", at[r]);
    fmt::print(file, "\n");
  }
  return std::fclose(file) == 0;
}

RoleTable read_role_table(const std::string& path) {
  std::vector<std::pair<std::uint32_t, std::array<std::int8_t, role_width>>> rows;
  if (std::FILE* file = std::fopen(path.c_str(), "r")) {
    unsigned token;
    while (std::fscanf(file, "%u", &token) == 1) {
      std::array<std::int8_t, role_width> values{};
      int v = 0;
      for (std::int8_t& value : values)
        if (std::fscanf(file, "%d", &v) == 1) value = static_cast<std::int8_t>(v);
      rows.push_back({token, values});
    }
    std::fclose(file);
  }
  RoleTable table{std::vector<std::uint32_t>(slots_for(rows.size()), 0), {}};
  table.values.assign(table.keys.size() * role_width, 0);
  for (const auto& [token, values] : rows)
    std::copy(values.begin(), values.end(), table.values.begin() + static_cast<std::ptrdiff_t>(put_token(table.keys, token) * role_width));
  return table;
}

}  // namespace offprint
