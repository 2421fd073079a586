// What names of <meta> elements mean: <meta name=…>, <meta property=…>, <meta itemprop=…>.
#pragma once

#include <cstdint>
#include <string_view>

namespace offprint {

enum class Meta : std::uint8_t {
  title,
  og_title,
  twitter_title,
  description,
  og_description,
  image,
  site,
  weak_site,
  owner,
  type,
  url,
  locale,
  author,
  strong_author,
  label1,
  data1,
  published,
  weak_published,
  modified,
};

// The number of a name, lower case, from 1 on; 0 where it is not known. What it means goes to `meta`.
std::uint8_t find_meta(std::string_view name, Meta& meta);

}  // namespace offprint
