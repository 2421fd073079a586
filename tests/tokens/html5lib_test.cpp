// Every tokenizer test of html5lib-tests, all but its parse errors.
#include <gtest/gtest.h>
#include <simdjson.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <tuple>

#include "tests/tokens/tokenize.h"

namespace offprint {
namespace {

namespace fs = std::filesystem;
namespace dom = simdjson::dom;

// What is not run, with the reason.
constexpr std::pair<std::string_view, std::string_view> skipped_files[] = {
    {"xmlViolation.test",
     "asks for the tokens of a tokenizer that coerces them to XML, which offprint does not do"},
};

const fs::path& folder() {
  static const fs::path path = fs::path(OFFPRINT_SHARED_DIR) / "corpora/html5lib-tests/tokenizer";
  return path;
}

std::vector<std::string> files() {
  std::vector<std::string> names;
  if (fs::is_directory(folder()))
    for (const auto& entry : fs::directory_iterator(folder()))
      if (entry.path().extension() == ".test") names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

void put_utf8(unsigned c, std::string& to) {
  if (c < 0x80) {
    to += static_cast<char>(c);
  } else if (c < 0x800) {
    to += static_cast<char>(0xC0 | c >> 6);
    to += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    to += static_cast<char>(0xE0 | c >> 12);
    to += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    to += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    to += static_cast<char>(0xF0 | c >> 18);
    to += static_cast<char>(0x80 | (c >> 12 & 0x3F));
    to += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    to += static_cast<char>(0x80 | (c & 0x3F));
  }
}

// "doubleEscaped": \uHHHH once more. Lone surrogates cannot be in UTF-8: the decoder before this stage has
// made them U+FFFD, in the input as in what is expected.
std::string unescape(std::string_view s) {
  std::string out;
  const auto unit = [&](std::size_t i) -> std::optional<unsigned> {
    if (i + 6 > s.size() || s[i] != '\\' || s[i + 1] != 'u') return {};
    return static_cast<unsigned>(std::stoul(std::string(s.substr(i + 2, 4)), nullptr, 16));
  };
  for (std::size_t i = 0; i < s.size();) {
    const auto a = unit(i);
    if (!a) {
      out += s[i++];
      continue;
    }
    i += 6;
    unsigned c = *a;
    if (c >= 0xD800 && c <= 0xDBFF) {
      const auto b = unit(i);
      if (b && *b >= 0xDC00 && *b <= 0xDFFF) {
        c = 0x10000 + ((c - 0xD800) << 10) + (*b - 0xDC00);
        i += 6;
      }
    }
    if (c >= 0xD800 && c <= 0xDFFF) c = 0xFFFD;
    put_utf8(c, out);
  }
  return out;
}

std::string shown(std::string_view s) {
  std::string out = "\"";
  for (const char c : s) {
    if (static_cast<unsigned char>(c) < 0x20) {
      out += "\\x";
      out += "0123456789abcdef"[c >> 4 & 15];
      out += "0123456789abcdef"[c & 15];
    } else {
      out += c;
    }
  }
  return out + '"';
}

// Both sides as lines of text, adjacent characters coalesced.
struct Lines {
  std::string out, characters;
  void flush() {
    if (!characters.empty()) out.append("Character ").append(shown(characters)).append("\n");
    characters.clear();
  }
  void line(std::string_view kind, std::string_view data) {
    flush();
    out.append(kind).append(" ").append(data).append("\n");
  }
};

std::string doctype_line(const std::string& name, const std::string& public_id, const std::string& system_id,
                         bool ok) {
  return name + " " + public_id + " " + system_id + (ok ? " correct" : " quirks");
}

std::string start_tag_line(const std::string& name, const std::map<std::string, std::string>& attributes,
                           bool closing) {
  std::string s = shown(name);
  for (const auto& [key, value] : attributes)
    s.append(" ").append(shown(key)).append("=").append(shown(value));
  return s + (closing ? " /" : "");
}

std::string lines_of(const Tokenized& run) {
  Lines lines;
  for (const OwnedToken& t : run.tokens) {
    switch (t.token.kind) {
      case TokenKind::text:
        EXPECT_FALSE(t.text.empty());
        EXPECT_EQ(t.token.has_nul, t.text.find('\0') != std::string::npos);
        lines.characters += t.text;
        break;
      case TokenKind::start_tag: {
        std::map<std::string, std::string> attributes(t.attributes.begin(), t.attributes.end());
        EXPECT_EQ(attributes.size(), t.attributes.size());
        lines.line("StartTag", start_tag_line(t.text, attributes, t.token.self_closing));
        break;
      }
      case TokenKind::end_tag:
        lines.line("EndTag", shown(t.text));
        break;
      case TokenKind::comment:
        lines.line("Comment", shown(t.text));
        break;
      case TokenKind::doctype:
        lines.line("DOCTYPE",
                   doctype_line(t.text.empty() ? "null" : shown(t.text),
                                t.token.has_public ? shown(t.public_id) : "null",
                                t.token.has_system ? shown(t.system_id) : "null", !t.token.force_quirks));
        break;
      case TokenKind::eof:
        break;
    }
  }
  lines.flush();
  return lines.out;
}

std::string lines_of(dom::array output, bool escaped) {
  const auto text = [escaped](dom::element e) {
    const std::string_view s = e.get_string();
    return escaped ? unescape(s) : std::string(s);
  };
  const auto nullable = [&](dom::element e) { return e.is_null() ? std::string("null") : shown(text(e)); };
  Lines lines;
  for (const dom::element item : output) {
    const dom::array token = item.get_array();
    const std::string_view kind = token.at(0).get_string();
    if (kind == "Character") {
      lines.characters += text(token.at(1));
    } else if (kind == "StartTag") {
      std::map<std::string, std::string> attributes;
      for (const dom::key_value_pair pair : dom::object(token.at(2).get_object()))
        attributes[escaped ? unescape(pair.key) : std::string(pair.key)] = text(pair.value);
      lines.line("StartTag", start_tag_line(text(token.at(1)), attributes, token.size() > 3));
    } else if (kind == "EndTag") {
      lines.line("EndTag", shown(text(token.at(1))));
    } else if (kind == "Comment") {
      lines.line("Comment", shown(text(token.at(1))));
    } else {
      EXPECT_EQ(kind, "DOCTYPE");
      lines.line("DOCTYPE", doctype_line(nullable(token.at(1)), nullable(token.at(2)), nullable(token.at(3)),
                                         bool(token.at(4).get_bool())));
    }
  }
  lines.flush();
  return lines.out;
}

class Html5lib : public testing::TestWithParam<std::string> {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Html5lib);

TEST_P(Html5lib, GivesTheSameTokens) {
  for (const auto& [file, reason] : skipped_files)
    if (file == GetParam()) GTEST_SKIP() << reason;
  dom::parser parser;
  dom::element root;
  ASSERT_EQ(parser.load((folder() / GetParam()).string()).get(root), simdjson::SUCCESS);
  int runs = 0, failed = 0;
  for (const dom::element test : dom::array(root["tests"].get_array())) {
    bool escaped = false;
    std::ignore = test["doubleEscaped"].get(escaped);
    const std::string_view raw = test["input"].get_string();
    const std::string input = escaped ? unescape(raw) : std::string(raw);
    const std::string expected = lines_of(test["output"].get_array(), escaped);
    std::string_view last_start_tag;
    std::ignore = test["lastStartTag"].get(last_start_tag);
    std::vector<std::string_view> states;
    dom::array given;
    if (test["initialStates"].get(given) == simdjson::SUCCESS)
      for (const dom::element s : given) states.push_back(s.get_string());
    if (states.empty()) states.push_back("Data state");
    for (const std::string_view state : states) {
      ContentModel model = ContentModel::data;
      bool cdata = false;
      if (state == "PLAINTEXT state") {
        model = ContentModel::plaintext;
      } else if (state == "RCDATA state") {
        model = ContentModel::rcdata;
      } else if (state == "RAWTEXT state") {
        model = ContentModel::rawtext;
      } else if (state == "Script data state") {
        model = ContentModel::script_data;
      } else if (state == "CDATA section state") {
        cdata = true;  // the same as after the section's opening
      } else {
        ASSERT_EQ(state, "Data state");
      }
      const Tokenized run = tokenize((cdata ? "<![CDATA[" : "") + input, model, last_start_tag, cdata);
      const std::string actual = lines_of(run);
      ++runs;
      if (actual != expected && ++failed <= 20)
        ADD_FAILURE() << std::string_view(test["description"].get_string()) << "\n"
                      << state << " of " << shown(input) << "\nexpected\n"
                      << expected << "got\n"
                      << actual;
    }
  }
  EXPECT_EQ(failed, 0) << "of " << runs;
  RecordProperty("runs", runs);
  ASSERT_GT(runs, 0);
}

INSTANTIATE_TEST_SUITE_P(Files, Html5lib, testing::ValuesIn(files()),
                         [](const auto& file) { return file.param.substr(0, file.param.find('.')); });

TEST(Html5libTests, ArePresent) {
  if (files().empty()) GTEST_SKIP() << "no html5lib-tests in " << folder();
}

}  // namespace
}  // namespace offprint
