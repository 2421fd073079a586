// Parquet in: files of pyarrow (parquet/make.py) in every encoding and packing, and damage.
#include "sources/parquet.h"

#include <gtest/gtest.h>

#include "make.h"
#include "sources/parquet_page.h"
#include "sources/thrift.h"

namespace offprint::sources::testing {
namespace {

std::string file_of(const char* name) {
  return std::string(OFFPRINT_SOURCE_DIR "/tests/sources/parquet/") + name;
}

// What make.py wrote in row i.
std::string html_of(int i) {
  std::string html = "<p>page " + std::to_string(i) + "</p>";
  for (int k = 0; k < i % 5; ++k) html += "<p>shared words " + std::to_string(i % 3) + "</p>";
  return html;
}
std::string bytes_of(int i) {
  return i % 7 == 3 ? "flat " + std::to_string(i) : html_of(i);
}
std::string url_of(int i) {
  return "https://example.org/" + std::to_string(i / 10) + "/" + std::to_string(i);
}

TEST(Parquet, EveryEncodingAndPacking) {
  for (const auto& [name, n] : std::vector<std::pair<const char*, int>>{{"none.parquet", 40},
                                                                        {"snappy.parquet", 40},
                                                                        {"gzip.parquet", 40},
                                                                        {"brotli.parquet", 40},
                                                                        {"zstd.parquet", 40},
                                                                        {"lz4.parquet", 40},
                                                                        {"v2.parquet", 40},
                                                                        {"plain.parquet", 40},
                                                                        {"delta_length.parquet", 40},
                                                                        {"delta.parquet", 40},
                                                                        {"pages.parquet", 400},
                                                                        {"large.parquet", 40},
                                                                        {"small.parquet", 12},
                                                                        {"empty.parquet", 0}}) {
    const Read read = read_all({file_of(name)});
    ASSERT_EQ(read.pages.size(), static_cast<std::size_t>(n))
        << name << (read.losses.empty() ? "" : read.losses[0].what);
    EXPECT_TRUE(read.losses.empty()) << name << ": " << read.losses[0].what;
    for (int i = 0; i < n; ++i) {
      const Seen& seen = read.pages[static_cast<std::size_t>(i)];
      ASSERT_EQ(seen.error, "") << name;
      ASSERT_EQ(seen.bytes, bytes_of(i)) << name << " row " << i;
      ASSERT_EQ(seen.url, url_of(i)) << name << " row " << i;
      ASSERT_EQ(seen.source, url_of(i));
      ASSERT_EQ(seen.input, i % 7 == 3 ? Input::text : Input::html);
      ASSERT_EQ(seen.offset, static_cast<std::uint64_t>(i));
    }
  }
}

TEST(Parquet, NamedColumns) {
  SourceOptions options;
  options.columns = {.html = "page.html", .text = "", .url = "url"};
  const Read read = read_all({file_of("nested.parquet")}, options);
  EXPECT_EQ(read.pages.size(), 34u);  // rows 3, 10, ... have no page
  EXPECT_EQ(read.losses.size(), 6u);
  EXPECT_EQ(read.pages[3].bytes, html_of(4));
  for (const auto& [html, text, problem] : std::vector<std::array<std::string, 3>>{
           {"body", "words",
            "no column \"body\" or \"words\"; it has number, html, text, tags.list.element, url"},
           {"number", "", "the column \"number\" holds no strings"},
           {"tags.list.element", "", "the column \"tags.list.element\" holds no strings"}}) {
    options.columns = {.html = html, .text = text};
    const Read none = read_all({file_of("none.parquet")}, options);
    ASSERT_EQ(none.pages.size(), 1u);
    EXPECT_EQ(none.pages[0].error, problem);
  }
}

TEST(Parquet, ByItsFirstBytesAndInFolders) {
  const Folder folder;
  std::ifstream in(file_of("zstd.parquet"), std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  EXPECT_EQ(read_all({folder.write("nameless", bytes)}).pages.size(), 40u);
  folder.write("data/b.parquet", bytes);
  folder.write("data/a.html", page(1));
  EXPECT_EQ(read_all({(folder.path / "data").string()}).pages.size(), 41u);
  for (const std::string& bad : {folder.write("cut.parquet", bytes.substr(0, 200)),
                                 folder.write("no.parquet", "PAR1PAR1"), folder.write("none.parquet", "")}) {
    const Read read = read_all({bad});
    ASSERT_EQ(read.pages.size(), 1u) << bad;
    EXPECT_NE(read.pages[0].error.find("not a readable Parquet file"), std::string::npos)
        << read.pages[0].error;
  }
}

TEST(Parquet, GoesOnBehindEveryRow) {
  for (const char* name : {"pages.parquet", "snappy.parquet"}) {
    const Read all = read_all({file_of(name), file_of("small.parquet")});
    for (std::size_t i = 0; i < all.pages.size(); i += 13) {
      Source source;
      source.open({file_of(name), file_of("small.parquet")}, {});
      ASSERT_TRUE(source.go_behind(all.pages[i].position)) << i;
      CaptureRecord record;
      for (std::size_t k = i + 1; k < all.pages.size(); ++k) {
        ASSERT_TRUE(source.next(record));
        ASSERT_EQ(record.source, all.pages[k].source);
      }
      EXPECT_FALSE(source.next(record));
    }
  }
}

// Every byte flipped, and cut behind every byte: what comes through is what was written, the rest is told.
TEST(Parquet, Damage) {
  const Folder folder;
  for (const char* name : {"small.parquet", "delta.parquet"}) {
    std::ifstream in(file_of(name), std::ios::binary);
    const std::string whole{std::istreambuf_iterator<char>(in), {}};
    const std::size_t rows = read_all({file_of(name)}).pages.size();
    std::uint32_t footer = 0;
    for (unsigned i = 0; i < 4; ++i)
      footer |= static_cast<std::uint32_t>(static_cast<unsigned char>(whole[whole.size() - 8 + i]))
                << (8 * i);
    const std::size_t data_end = whole.size() - 8 - footer;
    std::size_t kept = 0, rounds = 0;
    for (unsigned mask : {0x01u, 0x80u, 0xffu}) {
      for (std::size_t i = 0; i < whole.size(); ++i) {
        std::string bytes = whole;
        bytes[i] = static_cast<char>(static_cast<unsigned char>(bytes[i]) ^ mask);
        const Read read = read_all({folder.write("a.parquet", bytes)});
        if (i < 4 || i >= data_end) continue;  // a footer may well be another one; it must only harm nobody
        ++rounds;
        kept += read.pages.size();
        if (read.pages.size() < rows) {
          ASSERT_FALSE(read.losses.empty()) << name << " byte " << i;
        }
        for (const Seen& seen : read.pages) {
          // Checksums are of a page's bytes; what its head says may be another thing, as may the column of
          // addresses.
          const int row = static_cast<int>(seen.offset);
          ASSERT_TRUE(seen.bytes == bytes_of(row) || read.losses.size() != 0)
              << name << " byte " << i << " row " << row;
        }
      }
    }
    // A damaged page costs its own rows only.
    EXPECT_GT(kept, rounds * rows / 2) << name;
    for (std::size_t i = 0; i < whole.size(); ++i) {
      const Read read = read_all({folder.write("a.parquet", whole.substr(0, i))});
      ASSERT_EQ(read.pages.size(), 1u);
      ASSERT_NE(read.pages[0].error, "");
    }
  }
}

TEST(Parquet, NumbersOfHostileLengths) {
  // Runs and groups of any length, widths of any size, and ends anywhere.
  std::uint32_t value = 0;
  unsigned x = 1;
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes;
    for (unsigned n = round % 24u; n > 0; --n)
      bytes.push_back(static_cast<char>((x = x * 1664525u + 1013904223u) >> 24));
    HybridNumbers numbers(bytes, static_cast<unsigned>(round) % 33);
    for (int i = 0; i < 100 && numbers.next(value); ++i) {
    }
    std::string_view view = bytes;
    std::vector<std::int64_t> values;
    if (take_deltas(view, 1000, values)) {
      EXPECT_LE(values.size(), 1000u);
    }
    ThriftReader reader(bytes);
    reader.skip(ThriftType::structure);
    EXPECT_LE(reader.position(), bytes.size());
  }
  const std::string deep(100'000, '\x1c');  // a struct in a struct in a struct ...
  ThriftReader reader(deep);
  reader.skip(ThriftType::structure);
  EXPECT_FALSE(reader.good());
}

}  // namespace
}  // namespace offprint::sources::testing
