// Digests of WARC records: the same bytes are silent, others are told.
#include "sources/digest.h"

#include <gtest/gtest.h>

#include "make.h"

namespace offprint::sources::testing {
namespace {

TEST(Digest, AsTheStandardsHaveThem) {
  // FIPS 180: "abc".
  EXPECT_EQ(check_digest("sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5", "abc"), Digest::same);
  EXPECT_EQ(check_digest("sha1:vgmt4nsha2awvor6evyxqugcnsonbwe5", "ab", "c"), Digest::same);
  EXPECT_EQ(check_digest("SHA1:a9993e364706816aba3e25717850c26c9cd0d89d", "abc"), Digest::same);
  EXPECT_EQ(check_digest("sha-256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "abc"),
            Digest::same);
  EXPECT_EQ(check_digest("md5:900150983cd24fb0d6963f7d28e17f72", "abc"), Digest::same);
  EXPECT_EQ(check_digest("sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5", "abd"), Digest::other);
  for (const char* strange : {"", "sha1", "sha1:", "sha1:short", "blake3:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5",
                              "sha1:1GMT4NSHA2AWVOR6EVYXQUGCNSONBWE5"})
    EXPECT_EQ(check_digest(strange, "abc"), Digest::unknown) << strange;
}

std::string with_headers(std::string record, const std::string& headers) {
  return record.insert(record.find("Content-Length"), headers);
}

// sha1 of `body` alone and of the whole block were computed by sha1sum.
const char* const body = "<html><body><p>One paragraph of a page.</p></body></html>";

TEST(Digest, OfRecords) {
  const Folder folder;
  SourceOptions options;
  options.check_digests = true;
  const std::string good = "WARC-Payload-Digest: sha1:POUYON62OJQOYQ3ZSQGFHDYP3GJUDEHQ\r\n";
  const std::string wrong = "WARC-Payload-Digest: sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5\r\n";
  const std::string chunked = "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n";
  char size[16];
  std::snprintf(size, sizeof size, "%zx", std::string_view(body).size());
  const std::string in_chunks = std::string(size) + "\r\n" + body + "\r\n0\r\n\r\n";
  const std::string warc =
      with_headers(response(uri(0), body), good) + with_headers(response(uri(1), body), wrong) +
      with_headers(response(uri(2), in_chunks, chunked), good) +
      with_headers(response(uri(3), deflated(body), "Content-Type: text/html\r\nContent-Encoding: gzip\r\n"),
                   good) +
      with_headers(response(uri(4), body),
                   "WARC-Block-Digest: sha1:2QOIPYISUR6ZFKIGEYP3PVGLJJNUBEMC\r\n" + wrong) +
      with_headers(response(uri(5), body), "WARC-Block-Digest: sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5\r\n") +
      response(uri(6), body);
  const Read read = read_all({folder.write("a.warc", warc)}, options);
  ASSERT_EQ(read.pages.size(), 7u);
  for (std::size_t i : {0u, 2u, 3u, 4u, 6u}) EXPECT_EQ(read.pages[i].damage, "") << i;
  EXPECT_EQ(read.pages[1].damage, "the bytes are not those of its WARC-Payload-Digest");
  EXPECT_EQ(read.pages[5].damage, "the bytes are not those of its WARC-Block-Digest");
  for (const Seen& seen : read.pages) EXPECT_EQ(seen.bytes, body);
  ASSERT_EQ(read.losses.size(), 2u);
  EXPECT_EQ(read.losses[0].what, uri(1) + ": the bytes are not those of its WARC-Payload-Digest");
  EXPECT_EQ(read_all({folder.write("a.warc", warc)}).losses.size(), 0u);  // only where it was asked for
}

}  // namespace
}  // namespace offprint::sources::testing
