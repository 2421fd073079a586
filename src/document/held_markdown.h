// Texts in Markdown, as data holds them, → markup.
#pragma once

#include <string>
#include <string_view>

namespace offprint {

// False where the text shows no sign of Markdown: no heading, code fence or link.
bool append_markdown(std::string_view text, std::string& out);

}  // namespace offprint
