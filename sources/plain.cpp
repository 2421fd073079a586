// Bytes as they are: one member that is the whole input.
#include <algorithm>

#include "sources/codec.h"

namespace offprint::sources {
namespace {

struct Plain final : Codec {
  bool begins(std::string_view head) const override { return !head.empty(); }
  void start() override {}
  State run(std::string_view& in, Buffer& out, std::size_t room, std::string&) override {
    const std::size_t n = std::min(in.size(), room);
    out.append(in.substr(0, n));
    in.remove_prefix(n);
    return State::more;
  }
  int first_byte() const override { return -1; }
};

}  // namespace

std::unique_ptr<Codec> make_plain() {
  return std::make_unique<Plain>();
}

}  // namespace offprint::sources
