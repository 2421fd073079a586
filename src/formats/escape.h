// Escaping of untrusted text for each output syntax. Everything appends to `out`: runs that need no escaping
// are copied whole, so a page's text is read once and nothing is allocated but the output itself.
//
// Whatever bytes go in, valid UTF-8 comes out: an invalid byte becomes U+FFFD.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace offprint {

// The inside of a JSON string (RFC 8259), without its quotation marks.
void append_json(std::string_view text, std::string& out);
// The same for JSON inside an HTML <script>: `<`, `>`, `&` and U+2028/9 as escapes, so that no text can end
// the element.
void append_script_json(std::string_view text, std::string& out);

// Text between tags, and the inside of a double-quoted attribute, of XML 1.0 and of HTML alike. Characters
// that XML cannot hold at all (NUL, most controls, U+FFFE, U+FFFF) become U+FFFD.
void append_markup(std::string_view text, std::string& out);
void append_attribute(std::string_view text, std::string& out);

// What an address may be used for. A page decides its links, so only schemes that load or open something
// harmless pass: javascript:, data:, file: and the like never leave this library as a live address.
bool is_web_address(std::string_view address);   // http and https only
bool is_link_address(std::string_view address);  // the same, mailto, tel, ftp, and addresses without a scheme

// The address with what no URL may hold percent-encoded: white space, controls, quotes, <, >, \, ^, `, {, |,
// }. With `parentheses` also ( and ), which end a Markdown link. The result needs no further escaping but
// `&`, which is written `&amp;` where `ampersand` is set (attributes).
void append_address(std::string_view address, bool parentheses, bool ampersand, std::string& out);

// Whether it has the shape of a BCP 47 tag; anything else would make an xml:lang, or a lang, invalid.
bool is_language_tag(std::string_view tag);

void append_number(std::uint64_t value, std::string& out);
// The shortest decimal that reads back as the same number, never in exponents below 1e15; 0 where it is not
// finite.
void append_number(double value, std::string& out);

// Length of the well-formed UTF-8 sequence at `begin`, 0 where there is none.
int utf8_length(const char* begin, const char* end);

}  // namespace offprint
