// Files, folders, globs, pipes, JSON Lines, WACZ.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <thread>

#include "make.h"
#include "sources/files.h"
#include "sources/sniff.h"

namespace offprint::sources::testing {
namespace {

std::string zip_of(const std::vector<std::pair<std::string, std::string>>& files, bool deflate_entries) {
  std::string out, directory;
  const auto number = [](std::string& to, std::uint64_t value, int size) {
    for (int i = 0; i < size; ++i) to.push_back(static_cast<char>(value >> (8 * i)));
  };
  for (const auto& [name, bytes] : files) {
    const std::string packed = deflate_entries ? deflated(bytes, -15) : bytes;
    const std::uint64_t crc =
        ::crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size()));
    const std::uint64_t offset = out.size();
    std::string common;
    number(common, 20, 2);
    number(common, 0, 2);
    number(common, deflate_entries ? 8 : 0, 2);
    number(common, 0, 4);
    number(common, crc, 4);
    number(common, packed.size(), 4);
    number(common, bytes.size(), 4);
    number(common, name.size(), 2);
    number(common, 0, 2);
    out += "PK\x03\x04" + common + name + packed;
    directory += "PK\x01\x02";
    number(directory, 20, 2);
    directory += common;
    number(directory, 0, 2);
    number(directory, 0, 2);
    number(directory, 0, 2);
    number(directory, 0, 4);
    number(directory, offset, 4);
    directory += name;
  }
  const std::uint64_t at = out.size();
  out += directory + "PK\x05\x06";
  number(out, 0, 4);
  number(out, files.size(), 2);
  number(out, files.size(), 2);
  number(out, directory.size(), 4);
  number(out, at, 4);
  number(out, 0, 2);
  return out;
}

TEST(Files, PagesOfEveryPacking) {
  const Folder folder;
  const std::string html = page(3, 100'000);
  for (const std::string& path :
       {folder.write("a.html", html), folder.write("a.html.gz", deflated(html)),
        folder.write("b.html.gz", deflated(html.substr(0, 5000)) + deflated(html.substr(5000))),
        folder.write("a.html.zst", zstd_packed(html)), folder.write("a.html.lz4", lz4_packed(html)),
        folder.write("a.html.br", brotli_packed(html)), folder.write("mislabelled.html.gz", html),
        folder.write("unlabelled.html", deflated(html)), folder.write("nothing", html)}) {
    const Read read = read_all({path});
    ASSERT_EQ(read.pages.size(), 1u) << path;
    EXPECT_EQ(read.pages[0].bytes, html) << path;
    EXPECT_EQ(read.pages[0].source, path);
    EXPECT_EQ(read.losses.size(), 0u) << path;
  }
}

TEST(Files, BadInputs) {
  const Folder folder;
  const std::string html = page(3, 100'000), packed = deflated(html);
  folder.write("empty.folder/.hidden.html", html);
  const Read read = read_all({folder.path / "missing.html", folder.write("empty.html", ""),
                              folder.write("cut.html.gz", packed.substr(0, packed.size() / 2)),
                              folder.write("binary.html", std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16)),
                              (folder.path / "empty.folder").string(),
                              (folder.path / "no*match.html").string(), folder.write("good.html", html)});
  ASSERT_EQ(read.pages.size(), 7u);
  EXPECT_EQ(read.pages[0].error, "No such file or directory");
  EXPECT_EQ(read.pages[1].error, "");
  EXPECT_EQ(read.pages[1].bytes, "");
  EXPECT_EQ(read.pages[2].error, "");
  EXPECT_NE(read.pages[2].damage, "");
  EXPECT_GT(read.pages[2].bytes.size(), 40'000u);
  EXPECT_EQ(html.compare(0, read.pages[2].bytes.size(), read.pages[2].bytes), 0);
  EXPECT_EQ(read.pages[3].error, "not a page: a PNG image");
  EXPECT_EQ(read.pages[4].error, "a folder without pages");
  EXPECT_EQ(read.pages[5].error, "no file matches");
  EXPECT_EQ(read.pages[6].bytes, html);
  EXPECT_EQ(read.counts.failed, 4u);
  ASSERT_EQ(read.losses.size(), 1u);
  EXPECT_EQ(read.losses[0].what, "gzip member: cut off by the end of the file");
}

TEST(Files, FoldersInOrder) {
  const Folder folder;
  for (const char* name : {"pages/b.html", "pages/a.htm", "pages/sub/c.html.gz", "pages/sub/d.xhtml",
                           "pages/e", "pages/z.css", "pages/f.txt"})
    folder.write(name,
                 std::string_view(name).find(".gz") != std::string_view::npos ? deflated(page(1)) : page(1));
  folder.write("pages/notes", "no markup here");
  folder.write("pages/.git/x.html", page(1));
  const std::string base = (folder.path / "pages").string();
  const auto names = [&](const std::vector<std::string>& specs) {
    std::vector<std::string> found;
    for (const FileEntry& entry : list_files(specs)) found.push_back(entry.path.substr(base.size() + 1));
    return found;
  };
  EXPECT_EQ(names({base}),
            (std::vector<std::string>{"a.htm", "b.html", "e", "f.txt", "sub/c.html.gz", "sub/d.xhtml"}));
  EXPECT_EQ(names({base + "/*.html"}), (std::vector<std::string>{"b.html"}));
  EXPECT_EQ(names({base + "/sub/d.xhtml", base + "/b.html"}),
            (std::vector<std::string>{"sub/d.xhtml", "b.html"}));
  std::vector<std::string> specs;
  std::string error;
  ASSERT_TRUE(read_list(folder.write("list", "a.html\r\n\nb.html"), specs, error));
  EXPECT_EQ(specs, (std::vector<std::string>{"a.html", "b.html"}));
  EXPECT_FALSE(read_list((folder.path / "nowhere").string(), specs, error));
}

TEST(Files, Pipe) {
  const Folder folder;
  std::string all;
  for (int i = 0; i < 50; ++i) all += deflated(response(uri(i), page(i, 20'000)));
  // Damage in a pipe: what was read must come again.
  all[all.size() / 2] = static_cast<char>(all[all.size() / 2] ^ 0x55);
  const std::string file = folder.write("a.warc.gz", all), pipe = (folder.path / "pipe").string();
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(pipe, std::ios::binary) << all; });
  const Read piped = read_all({pipe});
  writer.join();
  const Read plain = read_all({file});
  ASSERT_EQ(piped.pages.size(), plain.pages.size());
  EXPECT_EQ(plain.pages.size(), 49u);
  EXPECT_EQ(piped.losses.size(), plain.losses.size());
  for (std::size_t i = 0; i < plain.pages.size(); ++i) EXPECT_EQ(piped.pages[i].bytes, plain.pages[i].bytes);
}

TEST(Files, JsonLines) {
  const Folder folder;
  const std::string lines =
      "{\"html\": \"<p>caf\\u00e9</p>\", \"url\": \"http://a/1\"}\n\n{broken\n[1]\n{\"other\": "
      "1}\n{\"text\": \"a\\nb\", \"id\": \"x\"}\r\n{\"html\": \"<b>last\"}";
  for (const std::string& path :
       {folder.write("a.jsonl", lines), folder.write("a.jsonl.gz", deflated(lines)),
        folder.write("a.jsonl.zst", zstd_packed(lines)), folder.write("unnamed", lines)}) {
    const Read read = read_all({path});
    ASSERT_EQ(read.pages.size(), 3u) << path;
    EXPECT_EQ(read.pages[0].bytes, "<p>caf\xc3\xa9</p>");
    EXPECT_EQ(read.pages[0].source, "http://a/1");
    EXPECT_EQ(read.pages[0].input, Input::html);
    EXPECT_EQ(read.pages[1].bytes, "a\nb");
    EXPECT_EQ(read.pages[1].source, "x");
    EXPECT_EQ(read.pages[1].input, Input::text);
    EXPECT_EQ(read.pages[2].bytes, "<b>last");
    EXPECT_EQ(read.losses.size(), 3u) << path;
  }
  SourceOptions options;
  options.columns.html = "raw";
  options.columns.url = "address";
  const Read named =
      read_all({folder.write("b.jsonl", "{\"raw\":\"<p>x\",\"address\":\"http://b\"}")}, options);
  ASSERT_EQ(named.pages.size(), 1u);
  EXPECT_EQ(named.pages[0].url, "http://b");
}

TEST(Files, Wacz) {
  const Folder folder;
  std::string warc, members;
  for (int i = 0; i < 20; ++i) {
    warc += response(uri(i), page(i, 3000));
    members += deflated(response(uri(100 + i), page(100 + i, 3000)));
  }
  const std::vector<std::pair<std::string, std::string>> files = {
      {"datapackage.json", "{}"},
      {"pages/pages.jsonl", "{\"format\":\"json-pages-1.0\"}\n{\"url\":\"" + uri(3) +
                                "\",\"title\":\"Third\",\"seed\":true}\n" + "{\"url\":\"" + uri(5) +
                                "\", \"title\" : \"The last, without a line end\"}"},
      {"indexes/index.cdx", "x"},
      {"archive/a.warc", warc},
      {"archive/b.warc.gz", members}};
  for (bool deflate_entries : {false, true}) {
    const std::string path =
        folder.write(deflate_entries ? "d.wacz" : "s.wacz", zip_of(files, deflate_entries));
    const Read read = read_all({path});
    for (const Loss& loss : read.losses) ADD_FAILURE() << loss.file << " " << loss.what;
    ASSERT_EQ(read.pages.size(), 40u);
    EXPECT_EQ(read.pages[3].title, "Third");
    EXPECT_TRUE(read.pages[3].seed);
    EXPECT_EQ(read.pages[4].title, "");
    EXPECT_EQ(read.pages[5].title, "The last, without a line end");
    EXPECT_FALSE(read.pages[5].seed);
    for (int i = 0; i < 20; ++i) {
      EXPECT_EQ(read.pages[static_cast<std::size_t>(i)].bytes, page(i, 3000));
      EXPECT_EQ(read.pages[static_cast<std::size_t>(20 + i)].bytes, page(100 + i, 3000));
    }
    for (std::size_t i : {0u, 7u, 19u, 20u, 33u, 39u}) {
      Source source;
      source.open({path}, {});
      ASSERT_TRUE(source.go_behind(read.pages[i].position)) << i;
      CaptureRecord r;
      for (std::size_t j = i + 1; j < 40; ++j) {
        ASSERT_TRUE(source.next(r)) << i << " " << j;
        EXPECT_EQ(r.source, read.pages[j].source) << i << " " << j;
      }
      EXPECT_FALSE(source.next(r));
    }
    // Whatever its name (found by fuzzing: the offset within the archive was looked for in the ZIP file).
    const std::string other = folder.write("other.jsonl", zip_of(files, deflate_entries));
    for (std::size_t i : {0u, 7u, 33u}) {
      Source source;
      source.open({other}, {});
      ASSERT_TRUE(source.go_behind(read.pages[i].position)) << i;
      CaptureRecord r;
      ASSERT_TRUE(source.next(r));
      EXPECT_EQ(r.source, read.pages[i + 1].source) << i;
    }
    // Damaged anywhere: never worse than a message.
    const std::string bytes = zip_of(files, deflate_entries);
    for (std::size_t i = 0; i < bytes.size(); i += 1 + bytes.size() / 300) {
      std::string bad = bytes;
      bad[i] = static_cast<char>(bad[i] ^ 0xff);
      (void)read_all({folder.write("bad.wacz", bad)});
      const Read cut = read_all({folder.write("bad.wacz", std::string_view(bytes).substr(0, i))});
      EXPECT_TRUE(i == 0 || (cut.pages.size() == 1 && !cut.pages[0].error.empty())) << i;
    }
    for (std::size_t i = bytes.size() - 600; i < bytes.size(); ++i) {
      std::string bad = bytes;
      bad[i] = static_cast<char>(bad[i] ^ 0x81);
      (void)read_all({folder.write("bad.wacz", bad)});
    }
  }
}

TEST(Sniff, Looks) {
  EXPECT_EQ(looks_of(""), Looks::empty);
  EXPECT_EQ(looks_of("  <!doctype html>"), Looks::html);
  EXPECT_EQ(looks_of("\xef\xbb\xbf<?xml version='1.0'?>\n<!-- x --><html>"), Looks::html);
  EXPECT_EQ(looks_of("plain words"), Looks::text);
  EXPECT_EQ(looks_of(std::string_view("\xff\xfe<\0h\0", 6)), Looks::text);
  EXPECT_EQ(looks_of(std::string_view("<\0h\0t\0m\0l\0>\0", 12)), Looks::text);
  EXPECT_EQ(looks_of(std::string_view("<\0p\0>\0 \0\x1F\4@\x04\x38\4\x32\4\x35\4\x42\4", 20)), Looks::text);  // "<p> Привет"
  EXPECT_EQ(looks_of(std::string_view("\0<\0p\0>\0 \4\x1F\4@\4\x38\4\x32", 16)), Looks::text);
  EXPECT_EQ(looks_of(std::string_view("\1\0\2\0\3\0\4\0\5\0\6\0", 12)), Looks::binary);
  EXPECT_EQ(looks_of(std::string_view("\0\1\2\3\4\5\6\7\0\1\2\3", 12)), Looks::binary);
  EXPECT_EQ(looks_of("%PDF-1.4"), Looks::binary);
  EXPECT_EQ(looks_of("<article>x"), Looks::html);
  EXPECT_EQ(looks_of("\x1b$B\x46\x7c\x1b(B words"), Looks::text);
}

}  // namespace
}  // namespace offprint::sources::testing
