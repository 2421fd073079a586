// Tests of generated/names.h: both ways of looking names up, and that names come back.
#include "generated/names.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <string>

namespace offprint {
namespace {

// A copy of exactly the bytes that may be read: the name, and eight from its first.
template <class Look>
auto with_eight(std::string_view name, char behind, Look look) {
  const std::size_t size = std::max<std::size_t>(8, name.size());
  const std::unique_ptr<char[]> exact(new char[size]);
  std::fill_n(exact.get(), size, behind);
  std::copy(name.begin(), name.end(), exact.get());
  return look(std::string_view(exact.get(), name.size()));
}

void expect_same(std::string_view name) {
  for (const char behind : {'\0', '=', '\xFF'}) {
    const auto tag = with_eight(name, behind, find_tag_from_eight);
    const auto attribute = with_eight(name, behind, find_attribute_from_eight);
    ASSERT_EQ(tag.id, tag_from_name(name)) << name;
    ASSERT_EQ(tag.hash, find_tag(name).hash) << name;
    ASSERT_EQ(attribute.id, attribute_from_name(name)) << name;
    ASSERT_EQ(attribute.hash, find_attribute(name).hash) << name;
  }
}

TEST(Names, AllAreFoundByBothWays) {
  for (std::size_t i = 1; i < tag_count; ++i) {
    const auto tag = static_cast<Tag>(i);
    ASSERT_EQ(tag_from_name(name_of(tag)), tag);
    expect_same(name_of(tag));
  }
  for (std::size_t i = 1; i < attribute_count; ++i) {
    const auto attribute = static_cast<AttributeName>(i);
    ASSERT_EQ(attribute_from_name(name_of(attribute)), attribute);
    expect_same(name_of(attribute));
  }
}

TEST(Names, OthersAreUnknown) {
  std::mt19937 random(1);
  for (int round = 0; round < 20000; ++round) {
    std::string name(name_of(static_cast<Tag>(1 + random() % (tag_count - 1))));
    if (round % 2 == 0) name = name_of(static_cast<AttributeName>(1 + random() % (attribute_count - 1)));
    switch (random() % 3) {
      case 0: name[random() % name.size()] = static_cast<char>('a' + random() % 26); break;
      case 1: name += static_cast<char>('a' + random() % 26); break;
      default: name.resize(1 + random() % name.size()); break;
    }
    if (tag_from_name(name) != Tag::unknown) { ASSERT_EQ(name_of(tag_from_name(name)), name); }
    expect_same(name);
  }
}

}  // namespace
}  // namespace offprint
