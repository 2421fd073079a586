#include "base/url.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "base/ascii.h"
#include "base/cpu.h"
#include "base/short_load.h"

namespace offprint {
namespace {

constexpr bool is_scheme_char(char c) {
  return is_alnum(c) || c == '+' || c == '-' || c == '.';
}
constexpr bool is_c0_or_space(char c) {
  return static_cast<unsigned char>(c) <= 0x20;
}

// Length of the scheme, without ':'; 0 where there is none.
std::size_t scheme_length(std::string_view url) {
  if (url.empty() || !is_alpha(url[0])) return 0;
  std::size_t i = 1;
  while (i < url.size() && is_scheme_char(url[i])) ++i;
  return i < url.size() && url[i] == ':' ? i : 0;
}

bool is_web_scheme(std::string_view scheme) {
  return equals_lowercase(scheme, "http") || equals_lowercase(scheme, "https");
}

bool leads_nowhere(std::string_view scheme) {
  constexpr std::array<std::string_view, 5> nowhere = {"javascript", "data", "vbscript", "about", "blob"};
  return std::any_of(nowhere.begin(), nowhere.end(),
                     [&](std::string_view s) { return equals_lowercase(scheme, s); });
}

constexpr bool is_slash(char c) {
  return c == '/' || c == '\\';
}

#ifdef OFFPRINT_SSE2
// Sixteen bytes at a time, zeros behind the end: the first place where `sought(bytes)` has 0xFF.
template <class Sought>
std::size_t first_place(std::string_view url, std::size_t from, Sought sought) {
  for (std::size_t at = from; at < url.size(); at += 16) {
    const std::size_t left = url.size() - at;
    const __m128i v = load_left(url.data() + at, left);
    auto found = static_cast<std::uint32_t>(_mm_movemask_epi8(sought(v)));
    if (left < 16) found &= (1u << left) - 1;
    if (found != 0) return at + static_cast<std::size_t>(std::countr_zero(found));
  }
  return url.size();
}
#endif

// Whether white space, control characters or '\' are in it: what is rewritten or dropped.
bool has_odd(std::string_view s) {
#ifdef OFFPRINT_SSE2
  const auto odd = [](__m128i v) {
    return _mm_or_si128(_mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(0x20)), v), _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
  };
  return first_place(s, 0, odd) != s.size();
#else
  return std::any_of(s.begin(), s.end(), [](char c) { return is_c0_or_space(c) || c == '\\'; });
#endif
}

// Where path, query or fragment begin after "scheme://authority".
std::size_t authority_end(std::string_view url, std::size_t from) {
#ifdef OFFPRINT_SSE2
  if (from < url.size())
    return first_place(url, from, [](__m128i v) {
      const auto is = [v](char c) { return _mm_cmpeq_epi8(v, _mm_set1_epi8(c)); };
      return _mm_or_si128(_mm_or_si128(is('/'), is('\\')), _mm_or_si128(is('?'), is('#')));
    });
#endif
  while (from < url.size() && !is_slash(url[from]) && url[from] != '?' && url[from] != '#') ++from;
  return from;
}

struct Parts {
  std::size_t scheme = 0;  // length
  std::size_t host_begin = 0, host_end = 0;
  std::size_t path_end = 0, query_end = 0;  // query from path_end ('?') to query_end ('#' or end)
  bool web = false;
};

Parts parts_of(std::string_view url) {
  Parts p;
  p.scheme = scheme_length(url);
  std::size_t at = p.scheme == 0 ? 0 : p.scheme + 1;
  p.host_begin = p.host_end = at;
  if (url.size() >= at + 2 && is_slash(url[at]) && is_slash(url[at + 1])) {
    p.host_begin = at + 2;
    p.host_end = authority_end(url, p.host_begin);
    p.web = p.scheme != 0 && is_web_scheme(url.substr(0, p.scheme)) && p.host_end > p.host_begin;
  }
  p.query_end = std::min(url.find('#', p.host_end), url.size());
  p.path_end = std::min(url.substr(0, p.query_end).find('?', p.host_end), p.query_end);
  return p;
}

// Writes the path of `from` to `to` with "." and ".." resolved; returns the end. `to` has room for
// from.size() + 1.
char* write_path(std::string_view from, char* to) {
  char* const start = to;
  *to++ = '/';
  std::size_t i = 0;
  if (!from.empty() && is_slash(from[0])) i = 1;
  while (true) {
    std::size_t end = i;
    while (end < from.size() && !is_slash(from[end])) ++end;
    const std::string_view segment = from.substr(i, end - i);
    const bool last = end == from.size();
    if (segment == "..") {
      if (to > start + 1) --to;  // the slash at the end
      while (to > start + 1 && to[-1] != '/') --to;
    } else if (segment != ".") {
      std::memmove(to, segment.data(), segment.size());
      to += segment.size();
      if (!last) *to++ = '/';
    }
    if (last) return to;
    i = end + 1;
  }
}

bool has_dots(std::string_view path) {
  for (std::size_t i = path.find('.'); i != std::string_view::npos; i = path.find('.', i + 1))
    if (i == 0 || is_slash(path[i - 1])) {
      const char after = i + 1 < path.size() ? path[i + 1] : '/';
      if (is_slash(after)) return true;
      if (after == '.' && (i + 2 >= path.size() || is_slash(path[i + 2]))) return true;
    }
  return false;
}

// True where an absolute web address already is as we would write it.
bool is_normal(std::string_view url, const Parts& p, bool odd) {
  for (std::size_t i = 0; i < p.host_end; ++i)
    if (is_upper(url[i]) || url[i] == '\\') return false;
  if (p.host_end == url.size()) return false;  // its path is "/"
  if (odd)
    for (char c : url)
      if (c == ' ' || c == '\\') return false;
  const std::string_view host = url.substr(p.host_begin, p.host_end - p.host_begin);
  if (host.find(':') != std::string_view::npos) return false;
  return !has_dots(url.substr(p.host_end, p.path_end - p.host_end)) && url[p.host_end] == '/';
}

struct Writer {  // into one arena allocation of known capacity
  char* begin;
  char* at;
  void put(std::string_view s) {
    at = std::copy(s.begin(), s.end(), at);
  }
  void put_lower(std::string_view s) {
    for (char c : s) *at++ = to_lower(c);
  }
  void put_escaped(std::string_view s) {  // spaces only; at most three times as long
    for (char c : s) {
      if (c == ' ')
        put("%20");
      else
        *at++ = c;
    }
  }
};

std::string_view drop_default_port(std::string_view scheme, std::string_view authority) {
  if (authority.ends_with(':')) authority.remove_suffix(1);
  const bool https = scheme.size() == 5;
  if (https && authority.ends_with(":443")) authority.remove_suffix(4);
  if (!https && authority.ends_with(":80")) authority.remove_suffix(3);
  return authority;
}

std::string_view build(std::string_view scheme, std::string_view authority, std::string_view folder,
                       std::string_view path, std::string_view rest, Arena& arena) {
  authority = drop_default_port(scheme, authority);
  // Most are written as they stand. A folder ends with a slash.
  if (!has_odd(folder) && !has_odd(path) && !has_odd(rest) && !has_dots(folder) && !has_dots(path)) {
    const bool slash = folder.empty() ? !path.starts_with('/') : folder[0] != '/';
    std::span<char> out = arena.make<char>(scheme.size() + authority.size() + folder.size() + path.size() + rest.size() + 4);
    Writer w{out.data(), out.data()};
    w.put_lower(scheme);
    w.put("://");
    w.put_lower(authority);
    if (slash) w.put("/");
    w.put(folder);
    w.put(path);
    w.put(rest);
    arena.shrink(out.data() + out.size(), w.at);
    return {w.begin, static_cast<std::size_t>(w.at - w.begin)};
  }
  std::span<char> joined = arena.make<char>(folder.size() + path.size() + 1);
  std::copy(path.begin(), path.end(), std::copy(folder.begin(), folder.end(), joined.data()));
  // In place: what is written never runs ahead of what is read but for the first slash.
  std::span<char> clean = arena.make<char>(folder.size() + path.size() + 2);
  char* const end = write_path({joined.data(), folder.size() + path.size()}, clean.data());
  const std::string_view cleaned(clean.data(), static_cast<std::size_t>(end - clean.data()));
  const std::size_t most = scheme.size() + 3 + authority.size() + 3 * (cleaned.size() + rest.size());
  std::span<char> out = arena.make<char>(most);
  Writer w{out.data(), out.data()};
  w.put_lower(scheme);
  w.put("://");
  w.put_lower(authority);
  w.put_escaped(cleaned);
  w.put_escaped(rest);
  arena.shrink(out.data() + most, w.at);
  return {w.begin, static_cast<std::size_t>(w.at - w.begin)};
}

}  // namespace

// Of a base without its query: every link of the page repeats it, and what no page has can only do harm.
constexpr std::size_t longest_base = 512;

std::string_view resolve_url(std::string_view base, std::string_view reference, Arena& arena) {
  while (!reference.empty() && is_c0_or_space(reference.front())) reference.remove_prefix(1);
  while (!reference.empty() && is_c0_or_space(reference.back())) reference.remove_suffix(1);
  if (reference.empty()) return {};
  const bool odd = has_odd(reference);
  if (odd && std::any_of(reference.begin(), reference.end(),
                  [](char c) { return c == '\t' || c == '\n' || c == '\r'; })) {
    std::span<char> kept = arena.make<char>(reference.size());
    const auto end = std::copy_if(reference.begin(), reference.end(), kept.begin(),
                                  [](char c) { return c != '\t' && c != '\n' && c != '\r'; });
    reference = {kept.data(), static_cast<std::size_t>(end - kept.begin())};
  }
  const std::size_t own = scheme_length(reference);
  if (own != 0 && leads_nowhere(reference.substr(0, own))) return {};
  base = base.substr(0, longest_base + 1);  // the rest may only be of the query
  Parts b = parts_of(base);
  if (b.path_end > longest_base) b.web = false;
  const std::string_view base_scheme = base.substr(0, b.scheme);
  if (own != 0) {
    if (!is_web_scheme(reference.substr(0, own))) return reference;
    const Parts p = parts_of(reference);
    if (p.web) {
      if (is_normal(reference, p, odd)) return reference;
      return build(reference.substr(0, own), reference.substr(p.host_begin, p.host_end - p.host_begin), {},
                   reference.substr(p.host_end, p.path_end - p.host_end), reference.substr(p.path_end),
                   arena);
    }
    // "https:path" is relative to a base of the same scheme, as browsers have it; "https:host/…" elsewhere is
    // a slip.
    if (!b.web || base_scheme.size() != own) return {};
    reference.remove_prefix(own + 1);
    if (reference.empty()) return {};
  }
  if (!b.web) return reference;
  const std::string_view authority = base.substr(b.host_begin, b.host_end - b.host_begin);
  const std::string_view base_path = base.substr(b.host_end, b.path_end - b.host_end);
  const std::string_view base_query = base.substr(b.path_end, b.query_end - b.path_end);
  if (reference[0] == '#') {
    std::span<char> rest = arena.make<char>(base_query.size() + reference.size());
    std::copy(base_query.begin(), base_query.end(), rest.begin());
    std::copy(reference.begin(), reference.end(),
              rest.begin() + static_cast<std::ptrdiff_t>(base_query.size()));
    return build(base_scheme, authority, {}, base_path, {rest.data(), rest.size()}, arena);
  }
  const std::size_t path_end = std::min(reference.find_first_of("?#"), reference.size());
  const std::string_view path = reference.substr(0, path_end), rest = reference.substr(path_end);
  if (path.empty()) return build(base_scheme, authority, {}, base_path, rest, arena);
  if (is_slash(path[0])) {
    if (path.size() > 1 && is_slash(path[1])) {
      const std::size_t host_end = authority_end(path, 2);
      if (host_end == 2) return {};
      return build(base_scheme, path.substr(2, host_end - 2), {}, path.substr(host_end), rest, arena);
    }
    return build(base_scheme, authority, {}, path, rest, arena);
  }
  std::size_t folder = base_path.size();
  while (folder > 0 && !is_slash(base_path[folder - 1])) --folder;
  return build(base_scheme, authority, folder == 0 ? std::string_view("/") : base_path.substr(0, folder),
               path, rest, arena);
}

bool is_web_url(std::string_view url) {
  return parts_of(url).web;
}

std::string_view host_of(std::string_view url) {
  const Parts p = parts_of(url);
  std::string_view host = url.substr(p.host_begin, p.host_end - p.host_begin);
  if (const std::size_t at = host.rfind('@'); at != std::string_view::npos) host.remove_prefix(at + 1);
  if (const std::size_t colon = host.rfind(':'); colon != std::string_view::npos && !host.ends_with(']'))
    host = host.substr(0, colon);
  return host;
}

std::string_view path_of(std::string_view url) {
  const Parts p = parts_of(url);
  return url.substr(p.host_end, p.path_end - p.host_end);
}

std::string_view query_of(std::string_view url) {
  const Parts p = parts_of(url);
  return p.query_end > p.path_end ? url.substr(p.path_end + 1, p.query_end - p.path_end - 1)
                                  : std::string_view();
}

std::string_view fragment_of(std::string_view url) {
  const Parts p = parts_of(url);
  return p.query_end < url.size() ? url.substr(p.query_end + 1) : std::string_view();
}

std::string_view registrable_domain(std::string_view host) {
  if (host.empty() || is_digit(host.back()) || host.back() == ']') return host;  // an IP address
  const std::size_t last = host.rfind('.');
  if (last == std::string_view::npos || last == 0) return host;
  const std::size_t second = host.rfind('.', last - 1);
  if (second == std::string_view::npos) return host;
  const std::string_view top = host.substr(last + 1), middle = host.substr(second + 1, last - second - 1);
  constexpr std::array<std::string_view, 14> generic = {"co",  "com", "net", "org", "gov",  "edu", "ac",
                                                        "gob", "or",  "ne",  "go",  "gouv", "mil", "nom"};
  const bool two_level =
      top.size() == 2 && std::find(generic.begin(), generic.end(), middle) != generic.end();
  if (!two_level) return host.substr(second + 1);
  const std::size_t third = second == 0 ? std::string_view::npos : host.rfind('.', second - 1);
  return third == std::string_view::npos ? host : host.substr(third + 1);
}

std::string_view site_label(std::string_view host) {
  const std::string_view domain = registrable_domain(host);
  return domain.substr(0, domain.find('.'));
}

namespace {
// "20160330101229", "2016im_", "20160330*", "2016.03.30-101229": when a copy was made, and which kind it is of.
bool is_time_of_copy(std::string_view segment) {
  if (segment.ends_with('*')) segment.remove_suffix(1);
  if (segment.size() > 3 && segment.ends_with('_')) segment.remove_suffix(3);
  std::size_t digits = 0;
  for (char c : segment) {
    if (!is_digit(c) && c != '.' && c != '-') return false;
    digits += is_digit(c);
  }
  return digits >= 4 && digits <= 14;
}
}  // namespace

std::string_view saved_address(std::string_view url) {
  for (std::size_t at = url.find("/http"); at != std::string_view::npos && at != 0; at = url.find("/http", at + 5)) {
    const std::string_view inner = url.substr(at + 1);
    const std::size_t before = url.rfind('/', at - 1);
    if (before == std::string_view::npos || !is_web_url(inner)) continue;
    if (is_time_of_copy(url.substr(before + 1, at - before - 1)) && url.substr(0, before).find('?') == std::string_view::npos) return inner;
  }
  return url;
}

int path_depth(std::string_view path) {
  int depth = 0;
  for (std::size_t i = 0; i < path.size(); ++i) depth += path[i] != '/' && (i == 0 || path[i - 1] == '/');
  return depth;
}

std::string_view last_segment(std::string_view path) {
  while (path.ends_with('/')) path.remove_suffix(1);
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string_view without_tracking(std::string_view url, Arena& arena) {
  const Parts p = parts_of(url);
  if (p.path_end == p.query_end) return url.substr(0, p.query_end);
  const auto tracks = [](std::string_view pair) {
    constexpr std::array<std::string_view, 12> names = {"fbclid", "gclid",  "srsltid", "msclkid",
                                                        "yclid",  "mc_cid", "mc_eid",  "igshid",
                                                        "_ga",    "dclid",  "gbraid",  "wbraid"};
    const std::string_view name = pair.substr(0, pair.find('='));
    return name.starts_with("utm_") || std::find(names.begin(), names.end(), name) != names.end();
  };
  std::span<char> out = arena.make<char>(p.query_end);
  char* at = std::copy(url.begin(), url.begin() + static_cast<std::ptrdiff_t>(p.path_end), out.data());
  bool first = true;
  for (std::size_t i = p.path_end + 1; i <= p.query_end;) {
    const std::size_t end = std::min(url.find('&', i), p.query_end);
    const std::string_view pair = url.substr(i, end - i);
    if (!pair.empty() && !tracks(pair)) {
      *at++ = first ? '?' : '&';
      at = std::copy(pair.begin(), pair.end(), at);
      first = false;
    }
    i = end + 1;
  }
  return {out.data(), static_cast<std::size_t>(at - out.data())};
}

}  // namespace offprint
