#include "document/giving.h"

#include <algorithm>

#include "base/unicode.h"
#include "base/url.h"

namespace offprint {
namespace {

// Words of links and forms by which one gives; whole segments of a path or labels of a host.
constexpr std::string_view giving_words[] = {
    "donate",        "donation",      "donations",  "donar",
    "dona",          "doar",          "doe",        "don",
    "dons",          "faire-un-don",  "je-donne",   "soutenir",
    "soutien",       "nous-soutenir", "spenden",    "spende",
    "unterstuetzen", "unterstützen",  "give",       "giving",
    "contribute",    "contribution",  "support-us", "supportus",
    "support",       "supporters",    "supporter",  "become-a-supporter",
    "membership",    "donazioni",     "sostieni",   "sostienici",
    "sostenere",     "apoyanos",      "apoya",      "apoiar",
    "apoie",         "wesprzyj",      "wspieraj",   "darowizna",
    "wplac",         "bagis",         "destek",     "destek-ol",
    "donate-now",    "fundraise",     "pledge",     "crowdfunding",
    "pomoch",        "podderzhat",    "podderzhka", "donat",
    "pozhertvovat",  "help-us",       "tip",        "backus",
    "steun",         "doneer"};
constexpr std::string_view giving_hosts[] = {
    "patreon.com",  "opencollective.com", "ko-fi.com", "buymeacoffee.com", "liberapay.com",
    "gofundme.com", "donorbox.org",       "boosty.to", "betterplace.org",  "steadyhq.com",
    "tipeee.com",   "helloasso.com",      "paypal.me", "givebutter.com"};

}  // namespace

bool is_giving_host(std::string_view host) {
  return std::any_of(std::begin(giving_hosts), std::end(giving_hosts), [&](std::string_view h) {
    return host == h || (host.size() > h.size() && host.ends_with(h) && host[host.size() - h.size() - 1] == '.');
  });
}

int leads_to_giving(std::string_view url) {
  const std::string_view host = host_of(url);
  if (is_giving_host(host)) return 2;
  int best = 0;
  const auto weigh = [&](std::string_view segment) {
    for (const std::string_view w : giving_words) {
      if (!starts_with_ascii_case(segment, w)) continue;
      const std::string_view rest = segment.substr(w.size());
      if (!rest.empty() && rest[0] != '.' && rest != "/" && !(w.size() >= 5 && rest[0] == '-')) continue;
      best = std::max(
          best, w == "support" || w == "tip" || w == "don" || w == "dona" || w == "give" || w == "membership"
                    ? 1
                    : 2);
    }
  };
  std::string_view path = path_of(url);
  for (int segments = 0; !path.empty() && segments < 8; ++segments) {
    const std::size_t slash = std::min(path.find('/', 1), path.size());
    weigh(path[0] == '/' ? path.substr(1, slash - 1) : path.substr(0, slash));
    path = path.substr(slash);
  }
  weigh(host.substr(0, std::min(host.find('.'), host.size())));
  return best;
}

}  // namespace offprint
