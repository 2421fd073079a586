// What bytes look like, whatever their name says.
#pragma once

#include <string_view>

namespace offprint::sources {

enum class Looks : unsigned char { empty, html, text, binary };

// From the first couple of thousand bytes. `html` only where a tag of the MIME Sniffing Standard's list (or
// an XML declaration with html behind it) stands first; much HTML only looks like `text`.
Looks looks_of(std::string_view bytes);
// For the message: "a PNG image", "binary data".
std::string_view binary_name(std::string_view bytes);

}  // namespace offprint::sources
