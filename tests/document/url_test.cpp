#include "base/url.h"

#include <gtest/gtest.h>

#include <string>

namespace offprint {
namespace {

// In a buffer of its exact size, so that a sanitizer sees one byte too many.
std::string resolve(const std::string& base, const std::string& reference) {
  Arena arena;
  const std::string b(base.data(), base.size()), r(reference.data(), reference.size());
  return std::string(resolve_url(b, r, arena));
}

TEST(ResolveUrl, Rfc3986Examples) {  // RFC 3986, 5.4, with a web scheme
  const std::string base = "http://a/b/c/d;p?q";
  const std::pair<const char*, const char*> examples[] = {{"g", "http://a/b/c/g"},
                                                          {"./g", "http://a/b/c/g"},
                                                          {"g/", "http://a/b/c/g/"},
                                                          {"/g", "http://a/g"},
                                                          {"//g", "http://g/"},
                                                          {"?y", "http://a/b/c/d;p?y"},
                                                          {"g?y", "http://a/b/c/g?y"},
                                                          {"#s", "http://a/b/c/d;p?q#s"},
                                                          {"g#s", "http://a/b/c/g#s"},
                                                          {"g?y#s", "http://a/b/c/g?y#s"},
                                                          {";x", "http://a/b/c/;x"},
                                                          {"g;x", "http://a/b/c/g;x"},
                                                          {".", "http://a/b/c/"},
                                                          {"./", "http://a/b/c/"},
                                                          {"..", "http://a/b/"},
                                                          {"../", "http://a/b/"},
                                                          {"../g", "http://a/b/g"},
                                                          {"../..", "http://a/"},
                                                          {"../../g", "http://a/g"},
                                                          {"../../../g", "http://a/g"},
                                                          {"../../../../g", "http://a/g"},
                                                          {"/./g", "http://a/g"},
                                                          {"/../g", "http://a/g"},
                                                          {"g.", "http://a/b/c/g."},
                                                          {".g", "http://a/b/c/.g"},
                                                          {"..g", "http://a/b/c/..g"},
                                                          {"./../g", "http://a/b/g"},
                                                          {"./g/.", "http://a/b/c/g/"},
                                                          {"g/./h", "http://a/b/c/g/h"},
                                                          {"g/../h", "http://a/b/c/h"},
                                                          {"g?y/../x", "http://a/b/c/g?y/../x"}};
  for (const auto& [reference, expected] : examples)
    EXPECT_EQ(resolve(base, reference), expected) << reference;
}

TEST(ResolveUrl, AsBrowsersDo) {
  EXPECT_EQ(resolve("https://example.org/a/", " b c\n.html "), "https://example.org/a/b%20c.html");
  EXPECT_EQ(resolve("https://example.org/a/", "\\x\\y"), "https://example.org/x/y");
  EXPECT_EQ(resolve("https://example.org/a/", "HTTPS://Example.COM:443/X"), "https://example.com/X");
  EXPECT_EQ(resolve("https://example.org", "x"), "https://example.org/x");
  EXPECT_EQ(resolve("https://example.org?q", "x"), "https://example.org/x");
  EXPECT_EQ(resolve("https://example.org/a/b", "https:c"), "https://example.org/a/c");
  EXPECT_EQ(resolve("", "http://example.com"), "http://example.com/");
}

TEST(ResolveUrl, WhatLeadsNowhere) {
  for (const char* nowhere :
       {"javascript:void(0)", "JavaScript:x", "data:text/html,x", "about:blank", "blob:x", "", "  "})
    EXPECT_EQ(resolve("https://example.org/", nowhere), "") << nowhere;
  EXPECT_EQ(resolve("https://example.org/", "mailto:a@example.org"), "mailto:a@example.org");
  EXPECT_EQ(resolve("https://example.org/", "tel:+1"), "tel:+1");
  EXPECT_EQ(resolve("https://example.org/", "//"), "");
}

TEST(ResolveUrl, RelativeWithoutBase) {
  EXPECT_EQ(resolve("", "/a/b"), "/a/b");
  EXPECT_EQ(resolve("page.html", "x"), "x");
}

TEST(ResolveUrl, LongPathsAreLinear) {
  std::string up;
  for (int i = 0; i < 100000; ++i) up += "../";
  std::string down = "https://example.org/";
  for (int i = 0; i < 200; ++i) down += "a/";
  EXPECT_TRUE(resolve(down, up + "x") == "https://example.org/x");
  // A base that no page has is none: each of a page's links would repeat it.
  for (int i = 0; i < 1000; ++i) down += "a/";
  EXPECT_TRUE(resolve(down, "x") == "x");
  EXPECT_TRUE(resolve("https://example.org/b?" + std::string(5000, 'q'), "x") == "https://example.org/x");
}

TEST(UrlParts, CopiesOfWebArchives) {
  for (const char* archive : {"https://web.archive.example/web/20160330101229/", "https://web.archive.example/web/20160330101229im_/", "https://archive.example/2016.03.30-101229/",
                              "/web/2016/", "https://archive.example/all/20160330*/"})
    EXPECT_EQ(saved_address(std::string(archive) + "http://example.org/a?b=/c"), "http://example.org/a?b=/c") << archive;
  for (const char* own : {"https://example.org/share/http://example.com/", "https://example.org/?u=/2016/http://example.com/", "https://example.org/2016/http-explained", "", "/http://x"})
    EXPECT_EQ(saved_address(own), own);
}

TEST(UrlParts, HostPathQuery) {
  const std::string_view url = "https://user:pw@www.Example.co.uk:8080/a/b.html?x=1&y#z";
  EXPECT_EQ(host_of(url), "www.Example.co.uk");
  EXPECT_EQ(path_of(url), "/a/b.html");
  EXPECT_EQ(query_of(url), "x=1&y");
  EXPECT_EQ(fragment_of(url), "z");
  EXPECT_EQ(path_depth("/a//b/"), 2);
  EXPECT_EQ(last_segment("/a/b/"), "b");
  EXPECT_TRUE(is_web_url(url));
  EXPECT_FALSE(is_web_url("/a"));
  EXPECT_FALSE(is_web_url("https://"));
}

TEST(UrlParts, RegistrableDomain) {
  EXPECT_EQ(registrable_domain("www.example.com"), "example.com");
  EXPECT_EQ(registrable_domain("news.example.co.uk"), "example.co.uk");
  EXPECT_EQ(registrable_domain("example.de"), "example.de");
  EXPECT_EQ(registrable_domain("localhost"), "localhost");
  EXPECT_EQ(registrable_domain("127.0.0.1"), "127.0.0.1");
  EXPECT_EQ(site_label("www.example.com.au"), "example");
}

TEST(UrlParts, WithoutTracking) {
  Arena arena;
  EXPECT_EQ(without_tracking("https://e.org/a?utm_source=x&id=2&fbclid=y#top", arena),
            "https://e.org/a?id=2");
  EXPECT_EQ(without_tracking("https://e.org/a?srsltid=y", arena), "https://e.org/a");
  EXPECT_EQ(without_tracking("https://e.org/a", arena), "https://e.org/a");
}

}  // namespace
}  // namespace offprint
