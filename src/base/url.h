// Addresses as pages write them: what a link means, and the shape of an address. Not a full WHATWG URL
// parser; it follows https://url.spec.whatwg.org/ where captured pages differ (white space inside, '\' for
// '/', "//host", "?q",
// "..", default ports, upper-case schemes and hosts), leaves percent-encoding and IDNA alone, and is linear.
//
// The outside interface is below; tests/document/url_test.cpp tests it.
#pragma once

#include <string_view>

#include "base/arena.h"

namespace offprint {

// What `reference` means on a page whose base address (its own, or its <base href>, which the caller resolves
// first) is `base`. Empty where it leads to no document: javascript:, data:, vbscript:, about:, blob:, and an
// empty reference. mailto:, tel: and other schemes come back as they stand. Without an absolute `base`, a
// relative reference comes back as it stands, white space removed.
std::string_view resolve_url(std::string_view base, std::string_view reference, Arena& arena);

// http: or https: with a host.
bool is_web_url(std::string_view url);

// The parts of an absolute address, as views of it; empty where absent. The host comes without port and user.
std::string_view host_of(std::string_view url);
std::string_view path_of(std::string_view url);      // from '/' up to '?' or '#'
std::string_view query_of(std::string_view url);     // without '?'
std::string_view fragment_of(std::string_view url);  // without '#'

// The part of a host that is registered, nearly: "news.example.co.uk" → "example.co.uk". Without the public
// suffix list: two labels, or three where the last is a country's and the one before is short or generic.
std::string_view registrable_domain(std::string_view host);
// Its first label: "example". Folders of one host are not told apart.
std::string_view site_label(std::string_view host);

// Of the address of a copy that a web archive keeps ("https://archive.example/web/20160330101229im_/http://example.org/a") the one that
// was saved; any other as it is.
std::string_view saved_address(std::string_view url);

int path_depth(std::string_view path);                 // "/a/b/" → 2
std::string_view last_segment(std::string_view path);  // "/a/b/" → "b"
// The address without what tracks the reader (utm_…, fbclid, gclid, srclid…) and without fragment.
std::string_view without_tracking(std::string_view url, Arena& arena);

}  // namespace offprint
