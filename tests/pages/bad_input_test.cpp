// Input that is no page: the library gives a document all the same, the program says what OUTPUT.md promises.
// What tests/cli tries (missing, empty, a folder without pages) is not tried again here.
#include <gtest/gtest.h>
#include <simdjson.h>
#include <sys/resource.h>

#include <initializer_list>
#include <random>
#include <string>
#include <string_view>
#include <utility>

#include "tests/pages/expectations.h"
#include "tests/pipeline/program.h"

namespace offprint::testing {
namespace {

using sources::testing::deflated;

const std::string sentence =
    "The lamp on the far side of the bay went out at nine, and for the first time in thirty years nobody "
    "rowed across to light it again. ";

std::string png() {
  std::string bytes("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x06\0\0\0\x1f\xf3\xff\x61", 33);
  std::mt19937 random(7);
  for (int i = 0; i < 3000; ++i) bytes.push_back(static_cast<char>(random()));
  return bytes;
}

std::string noise(std::size_t size, unsigned seed) {
  std::mt19937 random(seed);
  std::string bytes(size, '\0');
  for (char& c : bytes) c = static_cast<char>(random());
  return bytes;
}

std::string repeated(std::string_view what, std::size_t times) {
  std::string text;
  text.reserve(what.size() * times);
  for (std::size_t i = 0; i < times; ++i) text += what;
  return text;
}

// The parts in a row. (GCC 12 warns of a literal + a temporary string, wrongly.)
std::string row(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (std::string_view part : parts) text += part;
  return text;
}

// None is like another: what stands twice on a page is given back once.
std::string paragraph(int number) {
  const std::string entry = std::to_string(number);
  return row({"<p>In the ", entry, "th winter: ", sentence, "We wrote it down as entry ", entry, ". ",
              sentence, "</p>"});
}

// Every format of the document can be written, the JSON is JSON, and spans lie within the capture.
void expect_sound(const Document& document) {
  std::string json;
  for (Format format :
       {Format::text, Format::markdown, Format::html, Format::json, Format::xml, Format::tei}) {
    std::string out;
    write(document, format, out);
    if (format == Format::json) json = out;
  }
  simdjson::dom::parser parser;
  simdjson::dom::element parsed;
  ASSERT_FALSE(parser.parse(json).get(parsed)) << json.substr(0, 300);
  EXPECT_EQ(std::string_view(parsed["status"]), name_of(document.status));
  for (const Block& block : document.blocks) ASSERT_LE(block.span_begin, block.span_end);
}

double cpu_seconds(int who) {
  rusage usage{};
  getrusage(who, &usage);
  const auto seconds = [](const timeval& t) { return double(t.tv_sec) + double(t.tv_usec) / 1e6; };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// Seconds of the processor, not of the clock, that a 50 MB page may take: some twenty times what it takes, so
// that sanitizers and busy machines pass, and anything that is not linear fails.
constexpr double large_page_seconds = 60;

std::string large_page() {
  std::string page =
      "<!DOCTYPE html><html lang=en><head><title>The longest line</title></head><body><article>"
      "<h1>The longest line</h1>";
  for (int i = 0; page.size() < 50'000'000; ++i) page += paragraph(i);
  return page + "</article></body></html>";
}

TEST(BadInput, NothingIsEmpty) {
  Extractor extractor;
  for (const std::string& bytes :
       {std::string(), std::string(" "), std::string("\r\n\t\f \n\n"), std::string("\xEF\xBB\xBF"),
        std::string("\xFF\xFE"), std::string("<!-- nothing -->"), std::string("<html></html>"),
        std::string("<p> </p>"), std::string("<script>var a = 'text';</script>")}) {
    for (Input input : {Input::detect, Input::html}) {
      const Document& document = extractor.extract({.bytes = bytes, .input = input});
      EXPECT_EQ(document.status, Status::empty) << bytes;
      EXPECT_EQ(document.text, "") << bytes;
      EXPECT_EQ(document.error, "") << bytes;
      expect_sound(document);
    }
  }
  EXPECT_EQ(extractor.extract({.bytes = " \n\n \t", .input = Input::text}).status, Status::empty);
}

TEST(BadInput, WhitespaceThroughTheProgram) {
  const sources::testing::Folder folder;
  const Ended ended = run({"-f", "json", folder.write("blank.html", " \n\t\r\n \n")});
  EXPECT_EQ(ended.exit, 0);
  EXPECT_EQ(ended.error, "");
  EXPECT_NE(ended.out.find("\"status\":\"empty\""), std::string::npos) << ended.out;
}

TEST(BadInput, BytesThatAreNoText) {
  Extractor extractor;
  const std::string mixed = row({png(), "<p>", sentence, "</p>", noise(1000, 3)});
  for (const std::string& bytes :
       {png(), noise(1, 1), noise(255, 2), noise(200'000, 3), std::string(100'000, '\0'),
        std::string(100'000, '\xFF'), std::string(100'000, '\x80'), std::string(100'000, '<'), mixed}) {
    for (Input input : {Input::detect, Input::html, Input::text}) {
      const Document& document = extractor.extract({.bytes = bytes, .input = input});
      EXPECT_NE(document.status, Status::failed);
      expect_sound(document);
    }
  }
}

TEST(BadInput, NoiseThroughTheProgram) {
  const sources::testing::Folder folder;
  const std::string path = folder.write("noise.html", noise(200'000, 5));
  Ended ended = run({path});
  EXPECT_EQ(ended.exit, 2) << "nothing could be done";
  EXPECT_EQ(ended.out, "");
  EXPECT_NE(ended.error.find("noise.html: not a page: binary data"), std::string::npos) << ended.error;
  ended = run({path, folder.write("good.html", "<p>" + sentence + "</p>")});
  EXPECT_EQ(ended.exit, 1);
  EXPECT_NE(ended.out.find("\"status\":\"failed\""), std::string::npos);
}

TEST(BadInput, DeepNesting) {
  constexpr std::size_t deep = 100'000;
  Extractor extractor;
  for (std::string_view name :
       {"div", "b", "a", "p", "ul", "li", "table", "blockquote", "font", "svg", "template", "button",
        "select", "span", "section", "frameset", "object", "math", "nobr"}) {
    const std::string tag = row({"<", name, ">"}), end = row({"</", name, ">"});
    for (const std::string& page :
         {row({"<!DOCTYPE html>", repeated(tag, deep), "<p>", sentence, "</p>", repeated(end, deep)}),
          row({"<!DOCTYPE html>", repeated(tag + "x", deep)}),
          row({"<!DOCTYPE html>", repeated(end, deep), sentence})}) {
      const double before = cpu_seconds(RUSAGE_SELF);
      const Document& document = extractor.extract({.bytes = page});
      EXPECT_LT(cpu_seconds(RUSAGE_SELF) - before, 20) << tag;
      EXPECT_NE(document.status, Status::failed) << tag;
      expect_sound(document);
    }
  }
  // What stands at the bottom is still read, and the document says that it was deeper than it looks.
  const std::string page =
      row({"<!DOCTYPE html><title>Well</title>", repeated("<div>", deep), "<p>", sentence, "</p>"});
  const Document& document = extractor.extract({.bytes = page});
  EXPECT_NE(document.text.find("went out at nine"), std::string::npos);
  EXPECT_EQ(document.status, Status::partial);
  EXPECT_EQ(document.budget, "depth");
  const sources::testing::Folder folder;
  const Ended ended = run({"-f", "json", folder.write("deep.html", page)});
  EXPECT_EQ(ended.exit, 0) << ended.error;
  EXPECT_NE(ended.out.find("\"status\":\"partial\",\"budget\":\"depth\""), std::string::npos)
      << ended.out.substr(0, 300);
}

TEST(BadInput, FiftyMegabytesOnOneLine) {
  const std::string page = large_page();
  Extractor extractor;
  double before = cpu_seconds(RUSAGE_SELF);
  {
    const Document& document = extractor.extract({.bytes = page});
    EXPECT_LT(cpu_seconds(RUSAGE_SELF) - before, large_page_seconds);
    EXPECT_EQ(document.status, Status::ok) << document.budget;
    EXPECT_EQ(document.title, "The longest line");
    EXPECT_GT(document.text.size(), 45'000'000u);
  }
  // One line without any tag; one tag without an end; one attribute.
  for (const auto& [begin, unit] :
       std::initializer_list<std::pair<std::string_view, std::string_view>>{{"", sentence},
                                                                            {"<p ", "a=b "},
                                                                            {"<p title=\"", "x"},
                                                                            {"<p>", "x"},
                                                                            {"<!--", "-"},
                                                                            {"<p>", "&amp;"}}) {
    const std::string line = row({begin, repeated(unit, 50'000'000 / unit.size())});
    before = cpu_seconds(RUSAGE_SELF);
    const Document& document = extractor.extract({.bytes = line});
    EXPECT_LT(cpu_seconds(RUSAGE_SELF) - before, large_page_seconds) << line.substr(0, 20);
    EXPECT_NE(document.status, Status::failed) << line.substr(0, 20);
  }
}

TEST(BadInput, FiftyMegabytesThroughTheProgram) {
  const sources::testing::Folder folder;
  const std::string path = folder.write("large.html", large_page());
  const double before = cpu_seconds(RUSAGE_CHILDREN);
  const Ended ended = run({path});
  EXPECT_LT(cpu_seconds(RUSAGE_CHILDREN) - before, large_page_seconds);
  EXPECT_EQ(ended.exit, 0) << ended.error;
  EXPECT_GT(ended.out.size(), 45'000'000u);
}

TEST(BadInput, LargerThanTheBudgetIsPartial) {
  std::string page = "<!DOCTYPE html><article><h1>Ledger</h1>";
  for (int i = 0; page.size() < 300'000; ++i) page += paragraph(i);
  Extractor extractor;
  Options options;
  options.limits.bytes = 100'000;
  const Document& document = extractor.extract({.bytes = page}, options);
  EXPECT_EQ(document.status, Status::partial);
  EXPECT_EQ(document.budget, "bytes");
  EXPECT_GT(document.text.size(), 50'000u);
  EXPECT_LT(document.text.size(), 100'000u);
}

TEST(BadInput, CutGzipKeepsWhatCame) {
  std::string page = "<!DOCTYPE html><title>Ledger</title><article><h1>Ledger</h1>";
  for (int i = 0; i < 400; ++i) page += paragraph(i * i);
  const std::string packed = deflated(page);
  const sources::testing::Folder folder;
  const Ended ended = run({folder.write("cut.html.gz", packed.substr(0, packed.size() / 2))});
  EXPECT_EQ(ended.exit, 1);
  EXPECT_NE(ended.error.find("cut.html.gz"), std::string::npos) << ended.error;
  EXPECT_NE(ended.out.find("went out at nine"), std::string::npos);
  // Nothing but the first bytes of it: a message, no crash.
  for (std::size_t size : {2u, 10u, 18u}) {
    const Ended short_one = run({folder.write("short.html.gz", packed.substr(0, size))});
    EXPECT_TRUE(short_one.exit == 1 || short_one.exit == 2) << size << ": " << short_one.exit;
    EXPECT_NE(short_one.error.find("short.html.gz"), std::string::npos) << size << ": " << short_one.error;
  }
}

}  // namespace
}  // namespace offprint::testing
