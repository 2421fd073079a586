// Numbers of attribute values, and what is kept by them.
#include "tree/values.h"

#include <gtest/gtest.h>

#include <ctime>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace offprint {
namespace {

TEST(ValueNumbers, EqualValuesHaveEqualNumbers) {
  std::mt19937 random(5);
  ValueNumbers values;
  for (int page = 0; page < 3; ++page) {
    values.clear();
    std::map<std::string, std::uint32_t> known;
    for (int i = 0; i < 20000; ++i) {
      // Lengths around the eight bytes that are hashed at once, many of them alike but for one end.
      std::string value(random() % 20, 'a');
      if (!value.empty()) value[random() % 2 == 0 ? 0 : value.size() - 1] = static_cast<char>('a' + random() % 26);
      value += std::to_string(random() % 50);
      const std::uint32_t number = values.number_of(value);
      const auto [at, fresh] = known.try_emplace(value, number);
      ASSERT_EQ(at->second, number) << value;
      if (fresh) {
        ASSERT_EQ(number, known.size());
      }
    }
    EXPECT_EQ(values.hashes.size(), known.size());
  }
}

// Values made to end in the same place of the table must not be compared with one another.
TEST(ValueNumbers, ValuesMadeToCollideCostNoMoreThanOthers) {
  ValueNumbers values;
  std::vector<std::string> colliding, others;
  std::string name = "aaaaaaa";
  values.clear();
  while (colliding.size() < 8000) {
    for (std::size_t at = 0; ++name[at] > 'z'; ++at) name[at] = 'a';
    if (values.hashes.size() > 400) values.clear();
    static_cast<void>(values.number_of(name));
    if ((values.hashes.back() & 0xFFFFF) < 2048) colliding.push_back(name);
    if (others.size() < 8000) others.push_back(name);
  }
  const auto seconds = [&](const std::vector<std::string>& names) {
    values.clear();
    const std::clock_t begin = std::clock();
    for (int round = 0; round < 4; ++round)
      for (const std::string& n : names) static_cast<void>(values.number_of(n));
    return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  };
  const double plain = seconds(others), hostile = seconds(colliding);
  EXPECT_LT(hostile, 40 * plain + 0.05);
}

TEST(ValueNumbers, AnAttributeKeepsItsNumber) {
  ValueNumbers values;
  values.clear();
  Attribute attribute{};
  attribute.value_data = "card title";
  attribute.value_size = 10;
  EXPECT_EQ(value_number(values, attribute), 1u);
  attribute.value_size = 4;  // as if it had been decoded
  EXPECT_EQ(value_number(values, attribute), 1u);
  EXPECT_EQ(values.number_of("card"), 2u);
}

TEST(FoundByNumber, IsFoundOnce) {
  FoundByNumber<int> found;
  int asked = 0;
  for (int round = 0; round < 3; ++round)
    for (std::uint32_t number : {1u, 700u, 3u}) {
      const auto find = [&] {
        ++asked;
        return static_cast<int>(number) * 2;
      };
      EXPECT_EQ(found.get(number, find), static_cast<int>(number) * 2);
    }
  EXPECT_EQ(asked, 3);
  found.clear();
  EXPECT_EQ(found.get(3, [] { return 9; }), 9);
}

}  // namespace
}  // namespace offprint
