// What both pages share: the head of the file, and small pieces of text.
#pragma once

#include <string>
#include <string_view>

#include "offprint/document.h"
#include "reader/assets.h"

namespace offprint {

struct PageHead {
  std::string_view title;
  std::string_view suffix;  // after the title in the browser's tab
  std::string_view language;
  bool right_to_left = false;
};

// <!DOCTYPE … through </head>.
void open_page(const PageHead& head, const Asset& style, const Asset& script, std::string& out);
// The script and </html>.
void close_page(const Asset& script, std::string& out);

// The host of a web address without "www.", or nothing.
std::string_view shown_host(std::string_view address);

// 1234567 → 1,234,567
void append_grouped(std::uint64_t value, std::string& out);

// "$10,000", "€2.50", "300 ₽", "20 CHF"
void append_money(const Money& money, std::string& out);

// Of links that lead away from the page.
inline constexpr std::string_view outward = " rel=\"noopener noreferrer\" target=\"_blank\"";

// A web address as people read it: without the scheme, letters instead of their percent codes, at most about
// 90 characters.
void append_shown_address(std::string_view address, std::string& out);

// <time> with the day in words.
void append_time(std::string_view date, std::string& out);

// "15 December 2015" of an ISO 8601 date, or the date as it stands.
void append_day(std::string_view date, std::string& out);

}  // namespace offprint
