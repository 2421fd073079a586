#include "reader/card.h"

#include <array>

#include "formats/markup.h"
#include "reader/page.h"

namespace offprint {
namespace {

struct Frequency {
  std::string_view key, choice, after;
};
constexpr std::array<Frequency, 4> known_frequencies = {{{"once", "Once", ""},
                                                         {"weekly", "Weekly", " a week"},
                                                         {"monthly", "Monthly", " a month"},
                                                         {"annual", "Annual", " a year"}}};
const Frequency* frequency_of(std::string_view key) {
  for (const Frequency& frequency : known_frequencies) {
    if (frequency.key == key) return &frequency;
  }
  return nullptr;
}
std::string_view after_of(std::string_view key) {
  const Frequency* const frequency = frequency_of(key);
  return frequency == nullptr ? std::string_view{} : frequency->after;
}

void append_choices(const Support& support, std::string& out) {
  std::size_t count = 0;
  for (const std::string_view key : support.frequencies) count += frequency_of(key) != nullptr ? 1 : 0;
  if (count > 0) {
    out.append("<fieldset class=\"frequencies\">\n<legend>How often</legend>\n");
    // Nothing is chosen for the reader, but where there is nothing to choose.
    for (const std::string_view key : support.frequencies) {
      const Frequency* const frequency = frequency_of(key);
      if (frequency == nullptr) continue;
      out.append("<label><input type=\"radio\" name=\"frequency\" value=\"")
          .append(frequency->key)
          .push_back('"');
      if (count == 1) out.append(" checked");
      out.append("><span>").append(frequency->choice).append("</span></label>\n");
    }
    out.append("</fieldset>\n");
  }
  if (!support.amounts.empty()) {
    out.append("<fieldset class=\"amounts\" id=\"amounts\">\n<legend>How much</legend>\n");
    std::size_t number = 0;
    for (const Money& money : support.amounts) {
      if (number == 24) break;
      out.append("<label");
      attribute("data-frequency", money.frequency, out);
      out.append("><input type=\"radio\" name=\"amount\" value=\"");
      append_number(std::uint64_t{number++}, out);
      out.append("\"><span>");
      append_money(money, out);
      if (const std::string_view after = after_of(money.frequency); !after.empty()) {
        out.append("<i class=\"per\">").append(after).append("</i>");
      }
      out.append("</span></label>\n");
    }
    out.append("</fieldset>\n");
  }
}

}  // namespace

void append_support_card(const Document& document, std::string& out) {
  const Support& support = document.support;
  if (!support.present) return;
  const std::string_view host = shown_host(document.url);
  const std::string_view who = !document.site.empty() ? document.site : host;

  out.append(
      "<aside class=\"support\" id=\"support\" lang=\"en\" dir=\"ltr\" aria-labelledby=\"support-title\" "
      "data-source=\"");
  append_attribute(!host.empty() ? host : !document.site.empty() ? document.site : document.source, out);
  out.append("\">\n<div id=\"card\">\n<h2 id=\"support-title\">");
  if (who.empty()) {
    out.append("The publisher asks for support");
  } else {
    out.append("<bdi>");
    append_markup(who, out);
    out.append("</bdi> asks for your support");
  }
  out.append("</h2>\n");

  out.append("<p class=\"facts\">");
  const std::size_t before = out.size();
  const auto part = [&] {
    if (out.size() > before) out.append(" <span class=\"dot\" aria-hidden=\"true\">·</span> ");
  };
  if (support.has_minimum) {
    out.append("From ");
    append_money(support.minimum, out);
    out.append(after_of(support.minimum.frequency));
  }
  if (!support.ad_free_since.empty()) {
    part();
    out.append("Without ads since ");
    append_time(support.ad_free_since, out);
  }
  for (const Money& cost : support.costs) {
    part();
    out.append("It says this costs ");
    append_money(cost, out);
    if (!cost.frequency.empty()) {
      out.append(" a ");
      append_markup(cost.frequency, out);
    }
    break;
  }
  if (out.size() == before) {
    out.resize(before - std::string_view("<p class=\"facts\">").size());
  } else {
    out.append("</p>\n");
  }

  if (!support.asks.empty() || !support.defer.empty()) {
    out.append(
        "<details>\n<summary>In the publisher’s own words</summary>\n<div class=\"words\" dir=\"auto\"");
    attribute("lang", is_language_tag(document.language) ? document.language : "und", out);
    out.append(">\n");
    for (const std::string_view ask : support.asks) {
      out.append("<p dir=\"auto\">");
      append_markup(ask, out);
      out.append("</p>\n");
    }
    if (!support.defer.empty()) {
      out.append("<p dir=\"auto\">");
      append_markup(support.defer, out);
      out.append("</p>\n");
    }
    out.append("</div>\n</details>\n");
  }

  append_choices(support, out);

  const std::string_view target = is_web_address(support.url)    ? support.url
                                  : is_web_address(document.url) ? document.url
                                                                 : std::string_view{};
  out.append("<div class=\"actions\">\n");
  if (!target.empty()) {
    out.append("<a class=\"give\"");
    address_attribute("href", target, out);
    out.append(outward).append("><span id=\"chosen\">Continue</span> <span class=\"at\">at ");
    append_markup(shown_host(target), out);
    out.append("</span></a>\n");
  }
  out.append(
      "<div class=\"later\" id=\"later\" hidden><button type=\"button\" id=\"remind\">Remind me "
      "later</button>"
      "<label><span class=\"sr\">Remind me</span><select id=\"when\"><option value=\"1\">tomorrow</option>"
      "<option value=\"7\" selected>in a week</option><option value=\"30\">in a month</option>"
      "<option value=\"90\">in three months</option></select></label></div>\n</div>\n");
  out.append("<p class=\"small\">");
  if (!support.methods.empty()) {
    out.append(support.methods.size() > 1 ? "Ways to pay: " : "To pay: ");
    for (std::size_t i = 0; i < support.methods.size() && i < 12; ++i) {
      if (i > 0) out.append(", ");
      append_markup(support.methods[i], out);
    }
    out.append(". ");
  }
  out.append(target.empty()
                 ? "This page sends nothing anywhere."
                 : "You choose and pay on the publisher’s own page; this page sends nothing anywhere.");
  out.append("</p>\n</div>\n");
  out.append(
      "<p class=\"put-off\" id=\"put-off\" role=\"status\" hidden><span id=\"until\"></span> "
      "<button type=\"button\" id=\"again\">Show it now</button></p>\n</aside>\n");
}

}  // namespace offprint
