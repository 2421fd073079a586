// html5lib's encoding tests, as they are: what a document declares.
#include <gtest/gtest.h>

#include "encoding/labels.h"
#include "encoding/prescan.h"
#include "tests/encoding/common.h"

namespace offprint {
namespace {

using namespace std::string_view_literals;
using testing::decode_exact;

struct Case {
  std::string data, encoding;
};

// #data … #encoding name, parted by a blank line. Data is bytes: it may hold any newline but the last.
std::vector<Case> cases_of(const std::string& file) {
  std::vector<Case> cases;
  std::size_t at = 0;
  while ((at = file.find("#data\n", at)) != file.npos) {
    const std::size_t begin = at + 6;
    const std::size_t mark = file.find("\n#encoding\n", begin);
    if (mark == file.npos) break;
    const std::size_t name = mark + 11;
    const std::size_t end = std::min(file.find('\n', name), file.size());
    cases.push_back({file.substr(begin, mark - begin), file.substr(name, end - name)});
    at = end;
  }
  return cases;
}

std::string lower(std::string s) {
  for (char& c : s) c = to_lower(c);
  return s;
}

class Html5lib : public ::testing::TestWithParam<const char*> {};

TEST_P(Html5lib, Sniffs) {
  const std::filesystem::path path =
      std::filesystem::path(OFFPRINT_SHARED_DIR) / "corpora/html5lib-tests/encoding" / GetParam();
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no " << path;
  const std::vector<Case> cases = cases_of(testing::read_file(path));
  ASSERT_FALSE(cases.empty());
  std::size_t n = 0, late = 0;
  for (const Case& c : cases) {
    SCOPED_TRACE(c.data.substr(0, 300));
    ++n;
    const testing::Exact exact(c.data);
    std::string declared(prescan(exact.view()));
    if (const testing::Decoded d = decode_exact(c.data); d.source == EncodingSource::bom) {
      declared = d.encoding;
    } else if (declared.empty()) {
      // A meta after the first 1,024 bytes is the parser's: it starts the page again. decode() looks that far
      // only for bytes that are no UTF-8, so the scan is tried here as it does it.
      declared = name_of(prescan_encoding(exact.view()));
      late += !declared.empty();
    }
    // The tests take windows-1252 for the locale's default. Here undeclared ASCII is UTF-8: the text is the
    // same.
    if (declared.empty()) declared = "windows-1252";
    EXPECT_EQ(lower(declared), lower(c.encoding));
  }
  RecordProperty("cases", static_cast<int>(n));
  RecordProperty("late", static_cast<int>(late));
}

INSTANTIATE_TEST_SUITE_P(Files, Html5lib, ::testing::Values("tests1.dat", "tests2.dat", "test-yahoo-jp.dat"),
                         [](const auto& p) {
                           std::string name = p.param;
                           for (char& c : name)
                             if (!is_alnum(c)) c = '_';
                           return name;
                         });

TEST(Html5libScripted, NeedsScripts) {
  GTEST_SKIP() << "encoding/scripted: document.write of a meta; offprint runs no scripts";
}

TEST(Html5libChardet, Big5) {
  const std::filesystem::path path =
      std::filesystem::path(OFFPRINT_SHARED_DIR) / "corpora/html5lib-tests/encoding/chardet/test_big5.txt";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no " << path;
  EXPECT_EQ(decode_exact(testing::read_file(path)).encoding, "Big5");
}

TEST(Prescan, FindsDeclarations) {
  EXPECT_EQ(prescan("<meta charset=utf-8>"), "UTF-8");
  EXPECT_EQ(prescan("<meta charset=koi8-r/>"), "");  // the slash belongs to the value
  EXPECT_EQ(prescan("<meta charset='koi8-r'/>"), "KOI8-R");
  EXPECT_EQ(prescan("<META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=Shift_JIS'>"), "Shift_JIS");
  EXPECT_EQ(prescan("<meta content='text/html; charset=Shift_JIS'>"), "");
  EXPECT_EQ(prescan("<meta charset=utf-16>"), "UTF-8");
  EXPECT_EQ(prescan("<meta charset=x-user-defined>"), "windows-1252");
  EXPECT_EQ(prescan("<meta charset=nonsense><meta charset=big5>"), "Big5");
  EXPECT_EQ(prescan("<!-- <meta charset=big5> --><meta charset=gbk>"), "GBK");
  EXPECT_EQ(prescan("<!--><meta charset=gbk>"), "GBK");
  EXPECT_EQ(prescan("<a title='<meta charset=big5>'><meta charset=gbk>"), "GBK");
  EXPECT_EQ(prescan("<meta charset=gbk"), "");
  EXPECT_EQ(prescan("<meta charset='gbk"), "");
  EXPECT_EQ(prescan("<meta/charset=gbk>"), "GBK");
  EXPECT_EQ(prescan("<metacharset=gbk>"), "");
  EXPECT_EQ(prescan("<meta charset=gbk charset=big5>"), "GBK");
  EXPECT_EQ(prescan("<meta charset=\" gbk \">"), "GBK");
  EXPECT_EQ(prescan("<meta http-equiv=content-type content='charset charset = \"gbk\"'>"), "GBK");
  EXPECT_EQ(prescan("</p><meta charset=gbk>"), "GBK");
  EXPECT_EQ(prescan("</ <meta charset=gbk>"), "");
  EXPECT_EQ(prescan(""), "");
}

TEST(Prescan, ReadsXmlDeclarations) {
  EXPECT_EQ(prescan("<?xml version='1.0' encoding='koi8-r'?><html>"), "KOI8-R");
  EXPECT_EQ(prescan("<?xml version='1.0' encoding='koi8-r'?><meta charset=gbk>"), "GBK");
  EXPECT_EQ(prescan("<?xml version='1.0' encoding = \"utf-16\"?>"), "UTF-8");
  EXPECT_EQ(prescan(" <?xml version='1.0' encoding='koi8-r'?>"), "");
  EXPECT_EQ(prescan("<?xml encoding='koi8-r"), "");
  EXPECT_EQ(prescan("<\0?\0x\0m\0"sv), "UTF-16LE");
  EXPECT_EQ(prescan("\0<\0?\0x\0m"sv), "UTF-16BE");
}

TEST(Prescan, StopsAfter1024Bytes) {
  const std::string tag = "<meta charset=gbk>";
  EXPECT_EQ(prescan(std::string(1024 - tag.size(), ' ') + tag), "GBK");
  EXPECT_EQ(prescan(std::string(1025 - tag.size(), ' ') + tag), "");
}

TEST(Prescan, NeverReadsBeyondTheEnd) {
  const std::string page =
      "<?xml encoding='x'?><!-- a --><p a=b c='d' e=\"f\"/><meta http-equiv = 'content-type' content = "
      "\"text/html; "
      "charset = 'koi8-r' \" x>";
  for (std::size_t n = 0; n <= page.size(); ++n) {
    const testing::Exact exact(std::string_view(page).substr(0, n));
    const std::string_view e = prescan(exact.view());
    EXPECT_EQ(e, n == page.size() ? "KOI8-R" : "") << n;
  }
}

TEST(Flow, BomThenTransportThenMeta) {
  const std::string meta = "<meta charset=koi8-r>";
  EXPECT_EQ(decode_exact("\xEF\xBB\xBF" + meta, "big5").encoding, "UTF-8");
  EXPECT_EQ(decode_exact("\xEF\xBB\xBF" + meta, "big5").utf8, meta);
  EXPECT_EQ(decode_exact("\xFF\xFE<\0"sv, "big5").encoding, "UTF-16LE");
  EXPECT_EQ(decode_exact("\xFF\xFE<\0"sv, "big5").utf8, "<");
  EXPECT_EQ(decode_exact("\xFE\xFF\0<"sv).utf8, "<");
  EXPECT_EQ(decode_exact(meta, " LATIN1 ").encoding, "windows-1252");
  EXPECT_EQ(decode_exact(meta, "LATIN1").source, EncodingSource::transport);
  EXPECT_EQ(decode_exact(meta, "no such thing").encoding, "KOI8-R");
  EXPECT_EQ(decode_exact(meta).source, EncodingSource::meta);
  EXPECT_EQ(decode_exact("plain").encoding, "UTF-8");
  EXPECT_EQ(decode_exact("plain").source, EncodingSource::fallback);
  EXPECT_EQ(decode_exact("").encoding, "UTF-8");
  EXPECT_EQ(decode_exact("", "utf-16").utf8, "");
  EXPECT_EQ(decode_exact("\xEF\xBB\xBF").utf8, "");
}

TEST(Flow, DeclarationsAreBelieved) {
  // The standard: bytes that happen to be UTF-8 are still what the page says they are.
  EXPECT_EQ(decode_exact("<meta charset=latin1>é").utf8, "<meta charset=latin1>Ã©");
  const testing::Decoded d = decode_exact("<meta charset=utf-8>naïve déjà \xE9t\xE9");
  EXPECT_EQ(d.utf8, "<meta charset=utf-8>naïve déjà \xEF\xBF\xBDt\xEF\xBF\xBD");
  EXPECT_TRUE(d.repaired);
}

// Not UTF-8 anywhere: quotation marks of a western text, or letters of a language.
TEST(Flow, WhatIsCalledUtf8AndIsNone) {
  EXPECT_EQ(decode_exact("<meta charset=utf-8>It\x92s \x93quoted\x94").utf8, "<meta charset=utf-8>It’s “quoted”");
  EXPECT_EQ(decode_exact("caf\xE9 noir", "utf-8").utf8, "café noir");
  EXPECT_EQ(decode_exact("caf\xE9 noir", "utf-8").source, EncodingSource::detected);
  EXPECT_EQ(decode_exact("<meta charset=windows-1251>\xCF\xF0\xE8\xE2\xE5\xF2", "utf-8").encoding, "windows-1251");
  EXPECT_EQ(decode_exact(std::string(5000, ' ') + "<meta charset=utf-8>caf\xE9 noir").encoding, "windows-1252");
  // Cut within a character, or broken there: still UTF-8.
  EXPECT_EQ(decode_exact("<meta charset=utf-8>and so on\xE2\x80").encoding, "UTF-8");
  EXPECT_EQ(decode_exact("<meta charset=utf-8>\xF0\x9F\x98 and so on").encoding, "UTF-8");
  EXPECT_EQ(decode_exact("<meta charset=utf-8>caf\xE9 déjà vu").encoding, "UTF-8");
  // No language is read in these.
  std::string noise = "<meta charset=utf-8>";
  for (int i = 0; i < 400; ++i) noise += static_cast<char>(0x80 + (i * 37 + i / 3) % 128);
  EXPECT_EQ(decode_exact(noise).encoding, "UTF-8");
}

TEST(Flow, StaleMetaOfTranscodedPages) {
  EXPECT_EQ(decode_exact("<meta charset=latin1>don’t").encoding, "UTF-8");
  EXPECT_EQ(decode_exact("<meta charset=latin1>déjà").encoding, "UTF-8");
  EXPECT_EQ(decode_exact("<meta charset=latin1>déjà", "latin1").encoding, "windows-1252");
  EXPECT_EQ(decode_exact("<meta charset=latin1>d\xE9j\xE0").encoding, "windows-1252");
  EXPECT_EQ(decode_exact("<meta charset=latin1>plain").encoding, "windows-1252");
  EXPECT_EQ(decode_exact("<meta charset=gbk>déjà").encoding, "GBK");
  EXPECT_EQ(decode_exact("<meta charset=gbk>我们在北京会见了外国").encoding, "UTF-8");
}

TEST(Flow, LateMetaIsMetWhereBytesAreNoUtf8) {
  const std::string padding(5000, ' ');
  const testing::Decoded d = decode_exact(padding + "<meta charset=koi8-r>\xF0\xD2\xC9\xD7\xC5\xD4");
  EXPECT_EQ(d.encoding, "KOI8-R");
  EXPECT_EQ(d.source, EncodingSource::meta);
  EXPECT_EQ(decode_exact(padding + "<meta charset=koi8-r>Привет").encoding, "UTF-8");
}

TEST(Labels, EveryLabelOfTheStandard) {
  std::ifstream in(std::filesystem::path(OFFPRINT_SOURCE_DIR) / "generate/encodings/labels.txt");
  std::string line;
  std::size_t labels = 0, names = 0;
  while (std::getline(in, line)) {
    ++names;
    std::istringstream words(line);
    std::string name, label;
    words >> name;
    while (words >> label) {
      ++labels;
      EXPECT_EQ(encoding_of_label(label), name) << label;
      std::string loud = "\t ";
      for (const char c : label) loud += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
      EXPECT_EQ(encoding_of_label(loud + "\n"), name) << loud;
      EXPECT_EQ(encoding_of_label(label + "x"), "") << label;
    }
  }
  EXPECT_EQ(names, 40u);
  EXPECT_EQ(labels, 228u);
  EXPECT_EQ(encoding_of_label(""), "");
  EXPECT_EQ(encoding_of_label(" "), "");
  EXPECT_EQ(encoding_of_label("utf\xE2\x80\x91\x38"), "");
  EXPECT_EQ(encoding_of_label(std::string(1000, 'a')), "");
}

}  // namespace
}  // namespace offprint
