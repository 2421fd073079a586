// Which records of an archive may hold a page, by what they are declared as. Servers declare HTML as many
// things, so for the vague ones the bytes decide later (sniff.h). Tested by tests/sources/warc_test.cpp.
#pragma once

#include <string_view>

#include "sources/http.h"
#include "sources/warc.h"

namespace offprint::sources {

enum class Interest : unsigned char { html, maybe, none };

bool is_html(std::string_view media_type);
Interest interest_of(std::string_view media_type);
// Of a response: what the archive found out counts before what the server declared.
Interest interest_of(const WarcRecord& record, const HttpHead& http);
// For WarcReader: true where a record can be no page, whatever its bytes.
bool pass_over(const WarcRecord& record, std::string_view first_bytes);

}  // namespace offprint::sources
