#include "tests/pages/expectations.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string_view>

namespace offprint::testing {
namespace {

constexpr std::string_view soft_prefix = "soft ";

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string all;
  for (const std::string& part : parts) {
    if (!all.empty()) all += between;
    all += part;
  }
  return all;
}

std::string words_of(const Money& money) {
  std::ostringstream out;
  out.precision(12);
  out << money.amount << ' ' << money.currency;
  return out.str();
}

std::vector<std::string> strings_of(std::span<const std::string_view> views) {
  return {views.begin(), views.end()};
}

// A fact of the document, as the files write it.
std::string fact(const Document& d, const std::string& name) {
  if (name == "status") return std::string(name_of(d.status));
  if (name == "encoding") return std::string(d.encoding);
  if (name == "page type") return std::string(name_of(d.page_type));
  if (name == "title") return std::string(d.title);
  if (name == "author") return joined(strings_of(d.authors), "; ");
  if (name == "date") return std::string(d.date);
  if (name == "modified") return std::string(d.modified);
  if (name == "language") return std::string(d.language);
  if (name == "site") return std::string(d.site);
  if (name == "description") return std::string(d.description);
  if (name == "image") return std::string(d.image);
  if (name == "url") return std::string(d.url);
  if (name == "right to left") return d.right_to_left ? "yes" : "no";
  const Support& s = d.support;
  if (name == "support") return s.present ? "yes" : "no";
  if (name == "support.frequencies") return joined(strings_of(s.frequencies), " ");
  if (name == "support.ad free since") return std::string(s.ad_free_since);
  if (name == "support.defer") return std::string(s.defer);
  if (name == "support.minimum") return s.has_minimum ? words_of(s.minimum) : "";
  std::vector<std::string> all;
  if (name == "support.amounts") {
    for (const Money& money : s.amounts) all.push_back(words_of(money));
    return joined(all, ", ");
  }
  if (name == "support.costs") {
    for (const Money& money : s.costs)
      all.push_back(words_of(money) +
                    (money.frequency.empty() ? "" : " per " + std::string(money.frequency)));
    return joined(all, ", ");
  }
  return "(no such fact)";
}

std::vector<std::string> split(std::string_view text, std::string_view between) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(between), text.size());
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + between.size(), text.size()));
  }
  return parts;
}

void expect(Outcome& outcome, bool holds, const std::string& missed) {
  if (holds) {
    ++outcome.held;
  } else {
    outcome.missed.push_back(missed);
  }
}

void check_facts(const Section& section, const Document& document, Outcome& outcome) {
  for (const std::string& line : section.lines) {
    const std::size_t sign = std::min(line.find(" ="), line.size());
    const std::string name = line.substr(0, sign);
    const std::string wanted = line.size() > sign + 3 ? line.substr(sign + 3) : "";
    const std::string found = fact(document, name);
    const bool date = name == "date" || name == "modified";
    expect(outcome, date && !wanted.empty() ? found.starts_with(wanted) : found == wanted,
           name + " is \"" + found + "\", not \"" + wanted + "\"");
  }
}

void check_text(const Section& section, std::string_view text, Outcome& outcome) {
  std::size_t at = 0;
  for (const std::string& line : section.lines) {
    const std::size_t found = text.find(line, at);
    expect(outcome, found != std::string_view::npos, "not in the text, or not in this order: " + line);
    if (found != std::string_view::npos) at = found + line.size();
  }
}

void check_exact_text(const Section& section, std::string_view text, Outcome& outcome) {
  const std::vector<std::string> paragraphs = split(text, "\n\n");
  expect(outcome, paragraphs.size() == section.lines.size(),
         "the text has " + std::to_string(paragraphs.size()) + " paragraphs, not " +
             std::to_string(section.lines.size()));
  for (std::size_t i = 0; i < std::min(paragraphs.size(), section.lines.size()); ++i)
    expect(outcome, paragraphs[i].starts_with(section.lines[i]),
           "paragraph " + std::to_string(i + 1) + " is \"" + paragraphs[i].substr(0, 60) + "\", not \"" +
               section.lines[i] + "\"");
}

void check_roles(const Section& section, const Document& document, Outcome& outcome) {
  for (const std::string& line : section.lines) {
    const std::size_t colon = line.find(": ");
    const std::string role = line.substr(0, colon), words = line.substr(colon + 2);
    // The headline's words may stand in other blocks too (a breadcrumb, a sticky bar): any of them will do.
    std::string found;
    bool holds = false;
    for (const Block& block : document.blocks) {
      if (block.text.find(words) == std::string_view::npos) continue;
      if (found.empty()) found = name_of(block.role);
      if (role == "headline" ? block.role == Role::headline : found == role) holds = true;
    }
    expect(outcome, holds, "is " + (found.empty() ? "no block" : found) + ", not " + line);
  }
}

void check_markdown(const Section& section, const Document& document, Outcome& outcome) {
  std::string markdown;
  write(document, Format::markdown, markdown);
  const std::vector<std::string> lines = split(markdown, "\n");
  auto at = lines.begin();
  for (const std::string& line : section.lines) {
    const auto found = std::find(at, lines.end(), line);
    expect(outcome, found != lines.end(), "not a line of the Markdown, or not in this order: " + line);
    if (found != lines.end()) at = found + 1;
  }
}

Expectations parse(const std::filesystem::path& path) {
  Expectations expectations;
  expectations.page = path.stem().string();
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.starts_with("# ")) {
      // In Markdown a heading of the first level would look like a remark; titles are [document]'s business.
      continue;
    }
    if (line.front() == '[' && line.back() == ']') {
      Section section;
      section.name = line.substr(1, line.size() - 2);
      section.soft = section.name.starts_with(soft_prefix);
      if (section.soft) section.name.erase(0, soft_prefix.size());
      expectations.sections.push_back(std::move(section));
    } else if (!expectations.sections.empty()) {
      expectations.sections.back().lines.push_back(line);
    }
  }
  return expectations;
}

}  // namespace

std::vector<Expectations> all_expectations() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(OFFPRINT_SOURCE_DIR "/tests/pages"))
    if (entry.path().extension() == ".expect") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<Expectations> all;
  for (const auto& path : paths) all.push_back(parse(path));
  return all;
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool read_page(const std::string& page, std::string& bytes) {
  for (const char* folder : {OFFPRINT_SOURCE_DIR "/examples/pages/", OFFPRINT_SHARED_DIR "/captures/"}) {
    if (!std::filesystem::exists(folder + page)) continue;
    bytes = read_file(folder + page);
    return true;
  }
  return false;
}

Outcome check(const Expectations& expectations, const Document& document, bool soft) {
  Outcome outcome;
  for (const Section& section : expectations.sections) {
    if (section.soft != soft) continue;
    if (section.name == "document") {
      check_facts(section, document, outcome);
    } else if (section.name == "text") {
      check_text(section, document.text, outcome);
    } else if (section.name == "exact text") {
      check_exact_text(section, document.text, outcome);
    } else if (section.name == "not in text") {
      for (const std::string& line : section.lines)
        expect(outcome, document.text.find(line) == std::string_view::npos, "in the text: " + line);
    } else if (section.name == "roles") {
      check_roles(section, document, outcome);
    } else if (section.name == "markdown") {
      check_markdown(section, document, outcome);
    } else {
      outcome.missed.push_back("no such section: " + section.name);
    }
  }
  return outcome;
}

}  // namespace offprint::testing
