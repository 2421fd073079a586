#include "reader/page.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/unicode.h"
#include "formats/markup.h"

namespace offprint {

void open_page(const PageHead& head, const Asset& style, const Asset& script, std::string& out) {
  out.append("<!DOCTYPE html>\n<html lang=\"");
  out.append(is_language_tag(head.language) ? head.language : std::string_view("und"));
  out.append(head.right_to_left ? "\" dir=\"rtl\">\n" : "\">\n");
  // The policy stands before anything of the page, so that it holds for all of it.
  out.append(
      "<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; "
      "form-action 'none'; "
      "style-src ");
  out.append(style.hash).append("; script-src ").append(script.hash).append("\">\n");
  out.append(
      "<meta name=\"referrer\" content=\"no-referrer\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n"
      "<meta name=\"generator\" content=\"offprint\">\n<title>");
  append_markup(head.title, out);
  append_markup(head.suffix, out);
  out.append("</title>\n<style>").append(style.text).append("</style>\n</head>\n");
}

void close_page(const Asset& script, std::string& out) {
  out.append("<script>").append(script.text).append("</script>\n</body>\n</html>\n");
}

std::string_view shown_host(std::string_view address) {
  if (!is_web_address(address)) return {};
  std::size_t begin = address.find(':') + 1;
  while (begin < address.size() && address[begin] == '/') ++begin;
  std::string_view host = address.substr(begin);
  host = host.substr(0, host.find_first_of("/?#\\"));
  const std::size_t user = host.rfind('@');
  if (user != std::string_view::npos) host.remove_prefix(user + 1);
  if (host.starts_with("www.")) host.remove_prefix(4);
  return host;
}

void append_grouped(std::uint64_t value, std::string& out) {
  const std::size_t begin = out.size();
  append_number(value, out);
  for (std::size_t at = out.size(); at > begin + 3;) {
    at -= 3;
    out.insert(at, 1, ',');
  }
}

void append_money(const Money& money, std::string& out) {
  struct Sign {
    std::string_view code, before, after;
  };
  constexpr std::array<Sign, 14> signs = {{{"USD", "$", ""},
                                           {"EUR", "€", ""},
                                           {"GBP", "£", ""},
                                           {"JPY", "¥", ""},
                                           {"INR", "₹", ""},
                                           {"RUB", "", "\u00A0₽"},
                                           {"UAH", "", "\u00A0₴"},
                                           {"TRY", "₺", ""},
                                           {"PLN", "", "\u00A0zł"},
                                           {"BRL", "R$\u00A0", ""},
                                           {"CAD", "CA$", ""},
                                           {"AUD", "A$", ""},
                                           {"ILS", "₪", ""},
                                           {"CNY", "CN¥", ""}}};
  Sign sign{money.currency, "", ""};
  bool known = false;
  for (const Sign& s : signs) {
    if (s.code == money.currency) {
      sign = s;
      known = true;
    }
  }
  append_markup(sign.before, out);
  const double amount = std::isfinite(money.amount) ? std::fabs(money.amount) : 0;
  if (amount < 1e15) {
    const auto hundredths = static_cast<std::uint64_t>(std::llround(amount * 100));
    append_grouped(hundredths / 100, out);
    if (hundredths % 100 != 0) {
      out.push_back('.');
      out.push_back(static_cast<char>('0' + hundredths % 100 / 10));
      out.push_back(static_cast<char>('0' + hundredths % 10));
    }
  } else {
    append_number(amount, out);
  }
  append_markup(sign.after, out);
  if (!known && !money.currency.empty()) {
    out.append("\u00A0");
    append_markup(money.currency, out);
  }
}

void append_time(std::string_view date, std::string& out) {
  out.append("<time lang=\"en\" dir=\"ltr\"");
  attribute("datetime", date, out);
  out.push_back('>');
  append_day(date, out);
  out.append("</time>");
}

void append_shown_address(std::string_view address, std::string& out) {
  const std::size_t scheme = address.find("://");
  std::string_view rest = scheme == address.npos ? address : address.substr(scheme + 3);
  std::string decoded;
  const auto value = [](char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
  };
  for (std::size_t at = 0; at < rest.size(); ++at) {
    // Only what makes up letters beyond ASCII: a coded slash or question mark means something else than a
    // plain one.
    const int high = rest[at] == '%' && at + 2 < rest.size() ? value(rest[at + 1]) : -1;
    const int low = high >= 8 ? value(rest[at + 2]) : -1;
    if (low >= 0) {
      decoded.push_back(static_cast<char>(high << 4 | low));
      at += 2;
    } else {
      decoded.push_back(rest[at]);
    }
  }
  // What is not text, or would turn or hide other letters, stays coded.
  bool plain = true;
  std::size_t characters = 0, end = decoded.size();
  for (std::size_t at = 0; at < decoded.size();) {
    if (characters++ == 90) end = std::min(end, at);
    const std::size_t from = at;
    const char32_t c = next_code_point(decoded, at);
    for (std::size_t k = from + 1; k < at; ++k)
      plain &= (static_cast<unsigned char>(decoded[k]) & 0xC0) == 0x80;
    const char32_t least = at - from == 1 ? 0 : at - from == 2 ? 0x80 : at - from == 3 ? 0x800 : 0x10000;
    plain &= c >= least && c != 0xFFFD && (c < 0x80 ? c > ' ' : is_letter(c) || is_mark(c) || is_decimal(c));
  }
  if (!plain) {
    append_markup(whole_prefix(rest, 90), out);
    if (rest.size() > 90) out.append("…");
    return;
  }
  append_markup(std::string_view(decoded).substr(0, end), out);
  if (end < decoded.size()) out.append("…");
}

void append_day(std::string_view date, std::string& out) {
  constexpr std::array<std::string_view, 12> months = {"January",   "February", "March",    "April",
                                                       "May",       "June",     "July",     "August",
                                                       "September", "October",  "November", "December"};
  const auto digits = [&](std::size_t at, std::size_t count) {
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
      if (i >= date.size() || date[i] < '0' || date[i] > '9') return -1;
      value = value * 10 + (date[i] - '0');
    }
    return value;
  };
  const int year = digits(0, 4), month = digits(5, 2), day = digits(8, 2);
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > 31 || date[4] != '-' || date[7] != '-') {
    append_markup(date, out);
    return;
  }
  append_number(static_cast<std::uint64_t>(day), out);
  out.append(" ").append(months[static_cast<std::size_t>(month - 1)]).append(" ");
  append_number(static_cast<std::uint64_t>(year), out);
}

}  // namespace offprint
