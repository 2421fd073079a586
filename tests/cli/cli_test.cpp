// The command line as shared/OUTPUT.md fixes it.
#include <gtest/gtest.h>
#include <simdjson.h>

#include <algorithm>

#include "tests/pipeline/program.h"

namespace offprint::testing {
namespace {

using namespace sources::testing;

const std::string article =
    "<!DOCTYPE html><html lang=en><head><title>The headline of the day</title></head><body><article><h1>The "
    "headline of the day</h1>"
    "<p>The first paragraph of the article says what happened, at some length, so that nobody takes it for a "
    "menu.</p>"
    "<p>The second paragraph goes on about it, names people and places, and ends with a full stop as prose "
    "does.</p>"
    "<p>The third paragraph, finally, tells what will come next, and who said so, and when all this is to be "
    "expected.</p>"
    "</article></body></html>";

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

std::string member(const std::string& json, const char* name) {
  simdjson::dom::parser parser;
  std::string_view value;
  if (parser.parse(json)[name].get_string().get(value)) return "(none)";
  return std::string(value);
}

TEST(Cli, OnePageIsText) {
  const Folder folder;
  for (const std::string& path :
       {folder.write("a.html", article), folder.write("a.html.gz", deflated(article))}) {
    const Ended ended = run({path});
    EXPECT_EQ(ended.exit, 0) << ended.error;
    EXPECT_EQ(ended.error, "");
    EXPECT_NE(ended.out.find("The second paragraph goes on"), std::string::npos) << ended.out;
    EXPECT_EQ(ended.out.find('<'), std::string::npos);
    EXPECT_EQ(ended.out.back(), '\n');
  }
  const std::string from_file = run({folder.write("a.html", article)}).out;
  EXPECT_EQ(run({}, article).out, from_file);
  EXPECT_EQ(run({"-"}, article).out, from_file);
  EXPECT_EQ(run({"-"}, deflated(article)).out, from_file);
  EXPECT_EQ(run({"-f", "text"}, article).out, from_file);
}

TEST(Cli, Formats) {
  const Folder folder;
  const std::string path = folder.write("a.html", article);
  for (const char* format : {"text", "markdown", "html", "json", "xml", "tei"}) {
    const Ended ended = run({"-f", format, path});
    EXPECT_EQ(ended.exit, 0) << format << ended.error;
    EXPECT_NE(ended.out.find("The second paragraph goes on"), std::string::npos) << format;
    // The name says the same, and a part is never left.
    const std::string name = format == std::string("text")       ? "o.txt"
                             : format == std::string("markdown") ? "o.md"
                                                                 : std::string("o.") + format;
    const std::string out = (folder.path / name).string();
    EXPECT_EQ(run({path, "-o", out}).exit, 0);
    EXPECT_EQ(slurp(out), ended.out) << format;
    EXPECT_FALSE(std::filesystem::exists(out + ".part"));
  }
  const std::string json = run({"-f", "json", path}).out;
  EXPECT_EQ(member(json, "status"), "ok");
  EXPECT_EQ(member(json, "source"), path);
  EXPECT_NE(json.find("\"blocks\""), std::string::npos);
  EXPECT_EQ(run({"-f", "json", "--no-blocks", path}).out.find("\"blocks\""), std::string::npos);
  EXPECT_EQ(run({"-f", "word", path}).exit, 2);
}

TEST(Cli, SeveralPagesAreJsonLines) {
  const Folder folder;
  const std::string b = folder.write("pages/b.html", article),
                    a = folder.write("pages/a.html.gz", deflated(article)),
                    c = folder.write("c.html", article);
  const std::string out = (folder.path / "out.jsonl").string();
  ASSERT_EQ(run({(folder.path / "pages").string(), c, b, "-o", out}).exit, 0);
  const auto lines = lines_of(slurp(out));
  ASSERT_EQ(lines.size(), 4u);
  std::vector<std::string> sources;
  for (const std::string& line : lines) sources.push_back(member(line, "source"));
  EXPECT_EQ(sources, (std::vector<std::string>{a, b, c, b}));
  EXPECT_EQ(run({(folder.path / "pages").string(), c, b}).out, slurp(out));
  EXPECT_EQ(run({"--files-from",
                 folder.write("list", (folder.path / "pages").string() + "\n" + c + "\n" + b + "\n")})
                .out,
            slurp(out));
  // The output of an earlier run is no input of the next one.
  const std::string within = (folder.path / "pages" / "out.jsonl").string();
  for (int round = 0; round < 2; ++round) {
    ASSERT_EQ(run({(folder.path / "pages").string(), "-o", within}).exit, 0);
    EXPECT_EQ(lines_of(slurp(within)).size(), 2u);
  }
  // One page, into JSON Lines.
  ASSERT_EQ(run({c, "-o", out}).exit, 0);
  EXPECT_EQ(lines_of(slurp(out)).size(), 1u);
  EXPECT_EQ(run({b, c, "-f", "tei"}).exit, 2);
  EXPECT_EQ(run({b, c, "-f", "text"}).exit, 0);
}

TEST(Cli, Crawl) {
  const Folder folder;
  const std::string warc = folder.write(
      "a.warc.gz", deflated(record("warcinfo", "", "x/y", "z")) +
                       deflated(response("http://example.org/1", article)) +
                       deflated(response("http://example.org/2.css", "a{}", "Content-Type: text/css\r\n")) +
                       deflated(response("http://example.org/3", article)));
  const Ended ended = run({warc});
  EXPECT_EQ(ended.exit, 0) << ended.error;
  const auto lines = lines_of(ended.out);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(member(lines[0], "source"), "http://example.org/1");
  EXPECT_EQ(member(lines[1], "source"), "http://example.org/3");
}

TEST(Cli, BadInputs) {
  const Folder folder;
  const std::string good = folder.write("good.html", article), packed = deflated(article);
  // Missing: named, the others done.
  Ended ended = run({"missing.html", good});
  EXPECT_EQ(ended.exit, 1);
  EXPECT_NE(ended.error.find("missing.html: No such file or directory"), std::string::npos);
  ASSERT_EQ(lines_of(ended.out).size(), 2u);
  EXPECT_EQ(member(lines_of(ended.out)[0], "status"), "failed");
  EXPECT_EQ(member(lines_of(ended.out)[1], "status"), "ok");
  // Nothing but a missing one: nothing could be done.
  ended = run({"missing.html"});
  EXPECT_EQ(ended.exit, 2);
  EXPECT_EQ(ended.out, "");
  EXPECT_NE(ended.error.find("missing.html"), std::string::npos);
  // Empty: no failure.
  ended = run({"-f", "json", folder.write("empty.html", "")});
  EXPECT_EQ(ended.exit, 0);
  EXPECT_EQ(ended.error, "");
  EXPECT_EQ(member(ended.out, "status"), "empty");
  EXPECT_EQ(run({folder.write("empty.html", "")}).out, "");
  EXPECT_EQ(run({"-f", "json"}, "").exit, 0);
  // Binary.
  ended = run({good, folder.write("b.html", std::string("\x89PNG\r\n\x1a\n\0\0\0\0", 12))});
  EXPECT_EQ(ended.exit, 1);
  EXPECT_NE(ended.error.find("b.html: not a page: a PNG image"), std::string::npos) << ended.error;
  // A folder without pages.
  std::filesystem::create_directories(folder.path / "none");
  ended = run({(folder.path / "none").string()});
  EXPECT_EQ(ended.exit, 2);
  EXPECT_NE(ended.error.find("a folder without pages"), std::string::npos);
  // A truncated gzip: what is there, and a message.
  ended = run({"-f", "json", folder.write("cut.html.gz", packed.substr(0, packed.size() - 20))});
  EXPECT_EQ(ended.exit, 1);
  EXPECT_NE(ended.error.find("cut.html.gz@0: gzip member: cut off"), std::string::npos) << ended.error;
  EXPECT_EQ(member(ended.out, "status"), "partial");
  // A damaged archive names record and offset.
  std::string warc = deflated(response(uri(0), article));
  const std::size_t second = warc.size();
  warc += deflated(response(uri(1), article)) + deflated(response(uri(2), article));
  warc[second + 40] ^= 1;
  ended = run({folder.write("a.warc.gz", warc)});
  EXPECT_EQ(ended.exit, 1);
  EXPECT_EQ(lines_of(ended.out).size(), 2u);
  EXPECT_NE(ended.error.find("a.warc.gz@" + std::to_string(second) + ": "), std::string::npos) << ended.error;
  // Unreadable and unwritable.
  EXPECT_EQ(run({good, "-o", (folder.path / "nowhere" / "x.jsonl").string()}).exit, 2);
  EXPECT_EQ(run({good, "-o", folder.path.string()}).exit, 2);
}

TEST(Cli, BadOptions) {
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"--no-such-option"},
                                             {"--favor", "both"},
                                             {"--input", "pdf"},
                                             {"--shard", "0/4"},
                                             {"--shard", "5/4"},
                                             {"--shard", "x"},
                                             {"--roles", "hero"},
                                             {"--status", "fine"},
                                             {"--files-from", "/nonexistent/list"},
                                             {"--max-bytes", "many"}}) {
    const Ended ended = run(arguments);
    EXPECT_EQ(ended.exit, 2) << arguments[0];
    EXPECT_NE(ended.error, "") << arguments[0];
    EXPECT_EQ(ended.out, "") << arguments[0];
  }
  const Ended help = run({"--help"});
  EXPECT_EQ(help.exit, 0);
  EXPECT_NE(help.out.find("--favor"), std::string::npos);
  EXPECT_EQ(run({"--version"}).out.substr(0, 9), "offprint ");
}

TEST(Cli, Filters) {
  const Folder folder;
  const std::string a = folder.write("a.html", article), e = folder.write("e.html", "");
  EXPECT_EQ(lines_of(run({a, e}).out).size(), 2u);
  EXPECT_EQ(lines_of(run({a, e, "--min-words", "5"}).out).size(), 1u);
  EXPECT_EQ(lines_of(run({a, e, "--status", "empty"}).out).size(), 1u);
  EXPECT_EQ(lines_of(run({a, e, "--status", "empty,ok"}).out).size(), 2u);
  EXPECT_EQ(lines_of(run({a, "--language", "xx"}).out).size(), 0u);
  const std::string report = (folder.path / "r.json").string();
  EXPECT_EQ(run({a, e, "missing", "--report", report}).exit, 1);
  simdjson::dom::parser parser;
  const std::string text = slurp(report);
  simdjson::dom::element json;
  ASSERT_FALSE(parser.parse(text).get(json)) << text;
  EXPECT_EQ(std::uint64_t(json["status"]["ok"]), 1u);
  EXPECT_EQ(std::uint64_t(json["status"]["empty"]), 1u);
  EXPECT_EQ(std::uint64_t(json["status"]["failed"]), 1u);
  EXPECT_EQ(std::string_view(json["failed"].at(0)["file"]), "missing");
}

TEST(Cli, WritingFails) {
  const Folder folder;
  const std::string a = folder.write("a.html", article);
  Limited how;
  how.output_file = "/dev/full";
  how.error_file = folder.path / "error";
  EXPECT_EQ(wait_for(start({a}, how)).exit, 1);
  EXPECT_NE(slurp(how.error_file).find("No space left on device"), std::string::npos);
}

TEST(Cli, PagesForPeople) {
  const Folder folder;
  const std::string a = folder.write("a.html", article);
  for (const char* command : {"inspect", "read"}) {
    const std::string out = (folder.path / (std::string("a.") + command + ".html")).string();
    const Ended ended = run({command, a, "-o", out});
    ASSERT_EQ(ended.exit, 0) << ended.error;
    EXPECT_NE(slurp(out).find("The second paragraph goes on"), std::string::npos);
    EXPECT_EQ(run({command, a}).out, slurp(out));
    EXPECT_EQ(run({command, "missing.html"}).exit, 2);
  }
}

}  // namespace
}  // namespace offprint::testing
