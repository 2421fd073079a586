#include "pipeline/tally.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <iterator>

namespace offprint::pipeline {
namespace {

// Every plain number, by name, once: writing, reading and adding go over the same list.
template <class T, class F>
void each_number(T& tally, F f) {
  f("documents", tally.documents);
  f("filtered", tally.filtered);
  f("failures", tally.failures);
  f("losses", tally.losses);
  f("not_pages", tally.not_pages);
  f("captured_bytes", tally.captured_bytes);
  f("output_bytes", tally.output_bytes);
  f("words", tally.words);
  f("support", tally.support);
}
template <class T, class F>
void each_count(T& counts, F f) {
  f("files", counts.files);
  f("failed_inputs", counts.failed);
  f("records", counts.records);
  f("captures", counts.captures);
  f("revisits", counts.revisits);
  f("other_records", counts.other_types);
  f("other_responses", counts.not_pages);
  f("too_large", counts.too_large);
}

std::string_view page_type_at(std::size_t i) {
  return i == 0 ? std::string_view("unknown") : name_of(static_cast<PageType>(i));  // absent in a document
}

template <class Array, class Name>
void append_table(const Array& table, Name name, std::string& out) {
  out.push_back('{');
  bool first = true;
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (table[i] == 0) continue;
    fmt::format_to(std::back_inserter(out), "{}\"{}\":{}", first ? "" : ",", name(i), table[i]);
    first = false;
  }
  out.push_back('}');
}

void append_tables(const Tally& tally, std::string& out) {
  out += ",\"status\":";
  append_table(
      tally.by_status, [](std::size_t i) { return name_of(static_cast<Status>(i)); }, out);
  out += ",\"page_type\":";
  append_table(tally.by_page_type, page_type_at, out);
  out += ",\"role\":";
  append_table(
      tally.by_role, [](std::size_t i) { return name_of(static_cast<Role>(i)); }, out);
  out += ",\"language\":{";
  bool first = true;
  for (const auto& [language, count] : tally.by_language) {
    if (!first) out.push_back(',');
    first = false;
    append_json_string(language, out);
    fmt::format_to(std::back_inserter(out), ":{}", count);
  }
  out.push_back('}');
}

}  // namespace

void Tally::add(const Tally& other) {
  std::vector<std::uint64_t> numbers;
  each_number(other, [&](const char*, const std::uint64_t& n) { numbers.push_back(n); });
  std::size_t at = 0;
  each_number(*this, [&](const char*, std::uint64_t& n) { n += numbers[at++]; });
  for (std::size_t i = 0; i < by_status.size(); ++i) by_status[i] += other.by_status[i];
  for (std::size_t i = 0; i < by_page_type.size(); ++i) by_page_type[i] += other.by_page_type[i];
  for (std::size_t i = 0; i < by_role.size(); ++i) by_role[i] += other.by_role[i];
  for (const auto& [language, count] : other.by_language) by_language[language] += count;
}

std::string line_of(const Trouble& trouble) {
  const sources::Loss& loss = trouble.loss;
  if (trouble.input_failed && loss.offset == 0) return fmt::format("{}: {}", loss.file, loss.what);
  return fmt::format("{}@{}: {}", loss.file, loss.offset, loss.what);
}

void append_json_string(std::string_view text, std::string& out) {
  // File names need not be UTF-8, JSON must be: what is not is read as Latin-1.
  const bool utf8 = simdjson::validate_utf8(text.data(), text.size());
  out.push_back('"');
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (byte < 0x20 || (byte >= 0x80 && !utf8)) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", byte);
    } else {
      out.push_back(c);
    }
  }
  out.push_back('"');
}

std::string tally_json(const Tally& tally, const sources::SourceCounts& counts) {
  std::string out = "{";
  each_number(tally, [&](const char* name, const std::uint64_t& n) {
    fmt::format_to(std::back_inserter(out), "{}\"{}\":{}", out.size() == 1 ? "" : ",", name, n);
  });
  out += ",\"sources\":{";
  bool first = true;
  each_count(counts, [&](const char* name, const std::uint64_t& n) {
    fmt::format_to(std::back_inserter(out), "{}\"{}\":{}", first ? "" : ",", name, n);
    first = false;
  });
  out.push_back('}');
  append_tables(tally, out);
  out.push_back('}');
  return out;
}

bool read_tally(std::string_view json, Tally& tally, sources::SourceCounts& counts) {
  simdjson::dom::parser parser;
  simdjson::dom::object object;
  if (parser.parse(json.data(), json.size()).get_object().get(object)) return false;
  bool whole = true;
  const auto number = [&](simdjson::dom::object from, const char* name, std::uint64_t& n) {
    whole &= from[name].get_uint64().get(n) == simdjson::SUCCESS;
  };
  each_number(tally, [&](const char* name, std::uint64_t& n) { number(object, name, n); });
  simdjson::dom::object part;
  if (object["sources"].get_object().get(part)) return false;
  each_count(counts, [&](const char* name, std::uint64_t& n) { number(part, name, n); });
  const auto table = [&](const char* name, auto& to, auto name_at) {
    simdjson::dom::object values;
    if (object[name].get_object().get(values)) {
      whole = false;
      return;
    }
    for (std::size_t i = 0; i < to.size(); ++i) {
      if (values[name_at(i)].get_uint64().get(to[i])) to[i] = 0;
    }
  };
  table("status", tally.by_status, [](std::size_t i) { return name_of(static_cast<Status>(i)); });
  table("page_type", tally.by_page_type, page_type_at);
  table("role", tally.by_role, [](std::size_t i) { return name_of(static_cast<Role>(i)); });
  if (object["language"].get_object().get(part)) return false;
  for (const auto field : part) {
    std::uint64_t count = 0;
    if (field.value.get_uint64().get(count) == simdjson::SUCCESS)
      tally.by_language[std::string(field.key)] = count;
  }
  return whole;
}

std::string report_json(const Tally& tally, const sources::SourceCounts& counts,
                        const std::vector<Trouble>& troubles, const ReportExtras& extras) {
  std::string out = tally_json(tally, counts);
  out.pop_back();
  fmt::format_to(std::back_inserter(out),
                 ",\"input_bytes\":{},\"seconds\":{:.3f},\"threads\":{},\"finished\":{}", extras.input_bytes,
                 extras.seconds, extras.threads, extras.finished);
  if (!extras.stopped_by.empty()) {
    out += ",\"stopped_by\":";
    append_json_string(extras.stopped_by, out);
  }
  for (const bool failed : {true, false}) {
    out += failed ? ",\"failed\":[" : ",\"lost\":[";
    bool first = true;
    for (const Trouble& trouble : troubles) {
      if (trouble.input_failed != failed) continue;
      if (!first) out.push_back(',');
      first = false;
      out += "{\"file\":";
      append_json_string(trouble.loss.file, out);
      fmt::format_to(std::back_inserter(out), ",\"offset\":{},\"bytes\":{},\"what\":", trouble.loss.offset,
                     trouble.loss.bytes);
      append_json_string(trouble.loss.what, out);
      out.push_back('}');
    }
    out.push_back(']');
  }
  out += "}\n";
  return out;
}

}  // namespace offprint::pipeline
