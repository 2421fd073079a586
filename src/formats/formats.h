// A document → text, Markdown, HTML, JSON, XML, TEI. One outside interface: offprint::write() of
// offprint/offprint.h; here is what it is made of, a file per format. Tested in tests/formats by golden
// strings and hostile text.
#pragma once

#include <string>

#include "offprint/document.h"
#include "offprint/offprint.h"

namespace offprint {

void write_text(const Document& document, std::string& out);
void write_markdown(const Document& document, const WriteOptions& options, std::string& out);
void write_html(const Document& document, const WriteOptions& options, std::string& out);
void write_json(const Document& document, const WriteOptions& options, std::string& out);
void write_xml(const Document& document, const WriteOptions& options, std::string& out);
void write_tei(const Document& document, const WriteOptions& options, std::string& out);

}  // namespace offprint
