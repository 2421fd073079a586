// What a crawl is asked for on the command line, each thing once.
#include <gtest/gtest.h>
#include <pty.h>
#include <simdjson.h>

#include <algorithm>

#include "tests/pipeline/program.h"

namespace offprint::testing {
namespace {

using namespace sources::testing;

using Strings = std::vector<std::string>;

std::string story(const std::string& title, const std::string& language,
                  const std::vector<std::string>& paragraphs) {
  std::string html = "<!DOCTYPE html><html lang=" + language + "><head><title>" + title +
                     "</title></head><body><article><h1>" + title + "</h1>";
  for (const std::string& paragraph : paragraphs) html += "<p>" + paragraph + "</p>";
  return html + "</article></body></html>";
}
const std::string english = story(
    "The bridge is closed again", "en",
    {"The council closed the bridge on Monday, because the engineers had found cracks in three of its "
     "pillars, and nobody can say when it will be opened again.",
     "Buses go round by the old mill, which takes a quarter of an hour more. The school has moved its first "
     "lesson to half past eight until the end of the month.",
     "The bridge was built in 1931 and widened twice. Its last inspection, four years ago, had found nothing "
     "that could not wait, according to the council's engineer."});
const std::string german = story(
    "Die Brücke ist wieder gesperrt", "de",
    {"Der Rat hat die Brücke am Montag gesperrt, weil die Ingenieure in drei Pfeilern Risse gefunden "
     "haben, und niemand kann sagen, wann sie wieder geöffnet wird.",
     "Die Busse fahren über die alte Mühle und brauchen eine Viertelstunde länger. Die Schule beginnt bis "
     "zum Ende des Monats erst um halb neun.",
     "Die Brücke wurde 1931 gebaut und zweimal verbreitert. Die letzte Prüfung vor vier Jahren hatte nichts "
     "gefunden, was nicht hätte warten können, sagt der Ingenieur der Stadt."});
const std::string flattened =
    "The bridge is closed again\nThe council closed the bridge on Monday, because the engineers had found "
    "cracks in three of its pillars.\nNobody can say when it will be opened again, said the mayor, and asked "
    "for patience.\n";

std::string crawl_of(const Folder& folder) {
  const std::string members[] = {
      record("warcinfo", "", "application/warc-fields", "software: a test\r\n"),
      record("request", uri(1), "application/http; msgtype=request", "GET /1 HTTP/1.1\r\n\r\n"),
      response(uri(1), english),
      response(uri(2), german),
      record("revisit", uri(1), "application/http; msgtype=response", "HTTP/1.1 200 OK\r\n\r\n"),
      response(uri(3), "a{}", "Content-Type: text/css\r\n"),
      record("conversion", uri(4), "text/plain", flattened),
      response(uri(5), "", "Content-Type: text/html\r\n"),
      response(uri(6), english, "Content-Type: application/octet-stream\r\n")};
  std::string all;
  for (const std::string& m : members) all += deflated(m);
  return folder.write("crawl/a.warc.gz", all);
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}
// The same member of every document.
std::vector<std::string> members(const std::string& lines, const char* name) {
  std::vector<std::string> values;
  simdjson::dom::parser parser;
  for (const std::string& line : lines_of(lines)) {
    std::string_view value = "(none)";
    if (parser.parse(line)[name].get_string().get(value)) value = "(none)";
    values.emplace_back(value);
  }
  return values;
}

TEST(Crawl, EveryKindOfRecord) {
  const Folder folder;
  const Ended ended = run({crawl_of(folder), "--no-blocks"});
  EXPECT_EQ(ended.exit, 0) << ended.error;
  EXPECT_EQ(members(ended.out, "source"), (Strings{uri(1), uri(2), uri(4), uri(5), uri(6)}));
  EXPECT_EQ(members(ended.out, "language"), (Strings{"en", "de", "en", "(none)", "en"}));
  EXPECT_EQ(members(ended.out, "status")[3], "empty");
  EXPECT_NE(members(ended.out, "text")[2].find("patience"), std::string::npos);
}

TEST(Crawl, Report) {
  const Folder folder;
  std::string bytes = slurp(crawl_of(folder));
  const std::string damaged = folder.write("b.warc.gz", bytes + "garbage at its end");
  const std::string report = (folder.path / "report.json").string();
  const Ended ended = run({damaged, "--no-blocks", "--report", report});
  EXPECT_EQ(ended.exit, 1);
  simdjson::dom::parser parser;
  const simdjson::dom::element json = parser.load(report);
  const auto number = [&](const char* pointer) {
    std::uint64_t value = ~std::uint64_t{0};
    return json.at_pointer(pointer).get_uint64().get(value) ? ~std::uint64_t{0} : value;
  };
  EXPECT_EQ(number("/documents"), 5u);
  EXPECT_EQ(number("/sources/records"), 9u);
  EXPECT_EQ(number("/sources/revisits"), 1u);
  EXPECT_EQ(number("/sources/other_records"), 2u);
  EXPECT_EQ(number("/sources/other_responses"), 1u);
  EXPECT_EQ(number("/status/ok"), 4u);
  EXPECT_EQ(number("/status/empty"), 1u);
  EXPECT_EQ(number("/language/en"), 3u);
  EXPECT_EQ(number("/language/de"), 1u);
  const Strings types = members(ended.out, "page_type");
  EXPECT_EQ(number(("/page_type/" + types[0]).c_str()),
            static_cast<std::uint64_t>(std::count(types.begin(), types.end(), types[0])));
  EXPECT_GE(number("/role/body"), 4u);
  EXPECT_LE(number("/role/body"), 40u);
  EXPECT_EQ(number("/losses"), 1u);
  EXPECT_EQ(number("/lost/0/offset"), bytes.size());
  EXPECT_EQ(std::string_view(json.at_pointer("/lost/0/file")), damaged);
  EXPECT_TRUE(bool(json.at_pointer("/finished")));
}

TEST(Crawl, Filters) {
  const Folder folder;
  const std::string in = crawl_of(folder);
  const auto sources = [&](std::vector<std::string> options) {
    options.insert(options.begin(), {in, "--no-blocks"});
    return members(run(options).out, "source");
  };
  EXPECT_EQ(sources({"--language", "de"}), Strings{uri(2)});
  EXPECT_EQ(sources({"--language", "de,en", "--min-words", "50"}), (Strings{uri(1), uri(2), uri(6)}));
  EXPECT_EQ(sources({"--status", "empty"}), Strings{uri(5)});
  EXPECT_EQ(sources({"--media-type", "application/octet-stream"}), Strings{uri(6)});
  const Strings all = sources({}), types = members(run({in, "--no-blocks"}).out, "page_type");
  Strings of_first;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (types[i] == types[0]) of_first.push_back(all[i]);
  EXPECT_LT(of_first.size(), all.size());  // flattened text and an empty page have none
  EXPECT_EQ(sources({"--page-type", types[0]}), of_first);
}

TEST(Crawl, RolesMakeTheText) {
  const Folder folder;
  const std::string in = folder.write("a.warc", response(uri(1), english));
  EXPECT_EQ(members(run({in, "--no-blocks", "--roles", "headline"}).out, "text")[0],
            "The bridge is closed again");
  const std::string both = members(run({in, "--no-blocks", "--roles", "headline,body"}).out, "text")[0];
  EXPECT_EQ(both.find("The bridge is closed again\n\nThe council closed"), 0u);
  EXPECT_EQ(std::count(both.begin(), both.end(), '\n'), 6);  // a headline and three paragraphs
}

TEST(Crawl, NamesOfInputs) {
  const Folder folder;
  const std::string in = crawl_of(folder), whole = slurp(in);
  const std::string expected = run({in, "--no-blocks"}).out;
  EXPECT_EQ(run({(folder.path / "crawl").string(), "--no-blocks"}).out, expected);
  EXPECT_EQ(run({(folder.path / "cra*" / "*.warc.gz").string(), "--no-blocks"}).out, expected);
  EXPECT_EQ(run({"-", "--no-blocks"}, whole).out, expected);
  EXPECT_EQ(run({"--no-blocks"}, whole).out, expected);
  EXPECT_EQ(run({"--files-from", folder.write("list", in + "\r\n"), "--no-blocks"}).out, expected);
  EXPECT_EQ(run({"--files-from", "-", "--no-blocks"}, in + "\n").out, expected);
}

// The line is there while a run goes on, is overwritten, and gone at the end.
TEST(Crawl, ProgressOnATerminal) {
  const Folder folder;
  const std::string in = crawl_of(folder);
  for (const bool quiet : {false, true}) {
    int terminal = -1;
    const pid_t child = ::forkpty(&terminal, nullptr, nullptr, nullptr);
    if (child == 0) {
      const std::string out = (folder.path / "out.jsonl").string();
      ::execl(OFFPRINT_PROGRAM, OFFPRINT_PROGRAM, in.c_str(), "-o", out.c_str(), quiet ? "-q" : "--restart",
              nullptr);
      ::_exit(127);
    }
    ASSERT_GT(child, 0);
    std::string shown;
    char bytes[512];
    for (ssize_t got = 0; (got = ::read(terminal, bytes, sizeof bytes)) > 0;)
      shown.append(bytes, static_cast<std::size_t>(got));
    int status = 0;
    ::waitpid(child, &status, 0);
    ::close(terminal);
    EXPECT_EQ(status, 0) << shown;
    if (quiet) {
      EXPECT_EQ(shown, "");
      continue;
    }
    EXPECT_EQ(shown.find("\r\x1b[K5 pages, "), 0u) << shown;
    for (const char* part : {" pages/s, ", " MB/s, 100 %, 0:00 left"})
      EXPECT_NE(shown.find(part), std::string::npos) << shown;
    EXPECT_EQ(shown.substr(shown.size() - 4), "\r\x1b[K");
    EXPECT_EQ(shown.find('\n'), std::string::npos) << shown;
  }
  EXPECT_EQ(run({in, "--no-blocks"}).error, "");  // no terminal, no line
}

}  // namespace
}  // namespace offprint::testing
