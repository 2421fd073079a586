// Names of the enumerations of the public header, as they stand in the output.
#include <array>

#include "offprint/document.h"

namespace offprint {
namespace {
constexpr std::array<std::string_view, role_count> role_names = {
    "headline", "standfirst", "byline", "date", "body", "caption", "bio", "notice", "appeal", "contribution",
    "paywall", "newsletter", "ad", "consent", "navigation", "related", "social", "comments", "masthead", "footer",
    "form", "controls", "other"};
constexpr std::array<std::string_view, 14> kind_names = {
    "paragraph", "heading", "list_item", "quote", "code", "table", "caption", "control", "term", "definition",
    "math", "image", "embed", "rule"};
constexpr std::array<std::string_view, 9> type_names = {"", "article", "documentation", "forum", "product", "collection",
                                                        "listing", "service", "other"};
constexpr std::array<std::string_view, 4> status_names = {"ok", "empty", "partial", "failed"};
}  // namespace

std::string_view name_of(Role role) { return role_names[static_cast<std::size_t>(role)]; }
std::string_view name_of(BlockKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }
std::string_view name_of(PageType type) { return type_names[static_cast<std::size_t>(type)]; }
std::string_view name_of(Status status) { return status_names[static_cast<std::size_t>(status)]; }

}  // namespace offprint
