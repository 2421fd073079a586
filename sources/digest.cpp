#include "sources/digest.h"

#include <openssl/evp.h>

#include <array>
#include <memory>
#include <string>

namespace offprint::sources {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

const EVP_MD* algorithm_of(std::string_view label) {
  std::string name;
  for (const char c : label)
    if (c != '-') name.push_back(lower(c));
  if (name == "sha1") return EVP_sha1();
  if (name == "sha256") return EVP_sha256();
  if (name == "sha512") return EVP_sha512();
  if (name == "md5") return EVP_md5();
  return nullptr;
}

int base32(char c) {
  c = lower(c);
  return c >= 'a' && c <= 'z' ? c - 'a' : c >= '2' && c <= '7' ? c - '2' + 26 : -1;
}
int hexadecimal(char c) {
  c = lower(c);
  return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// False where the text is not in this base.
bool decode(std::string_view text, unsigned bits_a_digit, int (*digit)(char), std::string& bytes) {
  unsigned held = 0, bits = 0;
  for (const char c : text) {
    const int value = digit(c);
    if (value < 0) return false;
    held = held << bits_a_digit | static_cast<unsigned>(value);
    bits += bits_a_digit;
    if (bits >= 8) {
      bits -= 8;
      bytes.push_back(static_cast<char>(held >> bits));
    }
  }
  return true;
}

}  // namespace

Digest check_digest(std::string_view labelled, std::string_view first, std::string_view second) {
  const std::size_t colon = labelled.find(':');
  if (colon == std::string_view::npos) return Digest::unknown;
  const EVP_MD* algorithm = algorithm_of(labelled.substr(0, colon));
  if (algorithm == nullptr) return Digest::unknown;
  std::string_view value = labelled.substr(colon + 1);
  while (!value.empty() && value.back() == '=') value.remove_suffix(1);
  const auto size = static_cast<std::size_t>(EVP_MD_get_size(algorithm));
  std::string expected;
  const bool known = value.size() == 2 * size
                         ? decode(value, 4, hexadecimal, expected)
                         : value.size() == (size * 8 + 4) / 5 && decode(value, 5, base32, expected);
  if (!known) return Digest::unknown;

  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  std::array<unsigned char, EVP_MAX_MD_SIZE> found{};
  if (!context || EVP_DigestInit_ex(context.get(), algorithm, nullptr) != 1 ||
      EVP_DigestUpdate(context.get(), first.data(), first.size()) != 1 ||
      EVP_DigestUpdate(context.get(), second.data(), second.size()) != 1 ||
      EVP_DigestFinal_ex(context.get(), found.data(), nullptr) != 1)
    return Digest::unknown;
  const std::string_view bytes(reinterpret_cast<const char*>(found.data()), size);
  return bytes == std::string_view(expected).substr(0, size) ? Digest::same : Digest::other;
}

}  // namespace offprint::sources
