#include "blocks/code_lines.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace offprint {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// The number that a line begins with, after blanks; its end is put in `end`. 0 where there is none.
std::uint32_t number_at(std::string_view line, std::size_t& end) {
  std::size_t at = 0;
  while (at < line.size() && (line[at] == ' ' || line[at] == '\t')) ++at;
  std::uint32_t n = 0;
  const std::size_t begin = at;
  while (at < line.size() && is_digit(line[at]) && at - begin < 6)
    n = n * 10 + static_cast<std::uint32_t>(line[at++] - '0');
  end = at;
  return at == begin || (at < line.size() && is_digit(line[at])) ? 0 : n;
}

bool is_blank(std::string_view s) {
  return s.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

void drop_line_numbers(std::string& code) {
  std::size_t end = 0;
  const std::size_t first = code.find_first_not_of('\n');
  if (first == std::string::npos || number_at(std::string_view(code).substr(first, 64), end) != 1) return;
  std::vector<std::string_view> lines;
  for (std::string_view rest = std::string_view(code).substr(first);;) {
    const std::size_t line = rest.find('\n');
    lines.push_back(rest.substr(0, line));
    if (line == std::string_view::npos) break;
    rest.remove_prefix(line + 1);
  }
  std::string out;
  // Numbers on lines of their own: 1, text, 2, text; an empty line of code has its number alone.
  std::uint32_t number = 0;
  bool open = true, alone = true;
  for (std::string_view line : lines) {
    const bool marks = number_at(line, end) == number + 1 && is_blank(line.substr(end));
    if (marks) {
      if (number > 0) out.push_back('\n');
      ++number;
      open = true;
    } else if (open) {
      out.append(line);
      open = false;
    } else {
      alone = false;
      break;
    }
  }
  if (alone && number >= 2 && !out.empty() && !is_blank(out)) {
    code = std::move(out);
    return;
  }
  // Numbers at the beginnings of lines. The blank that all of them have behind their number goes with it.
  if (lines.size() < 3) return;
  bool parted = true;
  number = 0;
  for (std::string_view line : lines) {
    if (number_at(line, end) != ++number) return;
    if (end < line.size() && line[end] != ' ' && line[end] != '\t') parted = false;
  }
  out.clear();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string_view line = lines[i];
    number_at(line, end);
    line.remove_prefix(end);
    if (parted && !line.empty()) line.remove_prefix(1);
    if (i > 0) out.push_back('\n');
    out.append(line);
  }
  if (!is_blank(out)) code = std::move(out);
}

std::uint32_t count_line_numbers(std::string_view text) {
  std::uint32_t number = 0, count = 0;
  for (std::size_t at = text.find_first_not_of(" \t\r\n"); at < text.size(); at = text.find_first_not_of(" \t\r\n", at)) {
    std::size_t end = 0;
    const std::uint32_t n = number_at(text.substr(at, 8), end);
    if (n == 0 || (count != 0 && n != number + 1)) return 0;
    number = n;
    ++count;
    at += end;
    if (at < text.size() && !is_blank(text.substr(at, 1))) return 0;
  }
  return count;
}

}  // namespace offprint
