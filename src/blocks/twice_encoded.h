// Text that was UTF-8, was taken for Latin-1 and written as UTF-8 again, as some crawlers do: "â\x80\x94" for a dash.
#pragma once

#include <string>
#include <string_view>

namespace offprint {

// Whether a text shows that beyond doubt: it holds control characters (U+0080 to U+009F) behind letters that begin a character of UTF-8.
bool shows_two_encodings(std::string_view text);

// The text as it was, into `out`; false where it is as it should be. Where the text itself shows two encodings, characters that cannot have been UTF-8 stay
// as they are (references, say, which were no bytes of the page); elsewhere one of them tells that all may stay.
bool decode_again(std::string_view text, std::string& out);

}  // namespace offprint
