// The command line, as shared/OUTPUT.md fixes it.
#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <map>

#include "cli/cli.h"
#include "sources/files.h"

namespace offprint::cli {
namespace {

const std::map<std::string, Format> formats = {{"text", Format::text}, {"markdown", Format::markdown},
                                               {"html", Format::html}, {"json", Format::json},
                                               {"xml", Format::xml},   {"tei", Format::tei}};
const std::map<std::string, Input> input_kinds = {
    {"html", Input::html}, {"text", Input::text}, {"detect", Input::detect}};
const std::map<std::string, Favor> favors = {
    {"precision", Favor::precision}, {"recall", Favor::recall}, {"balance", Favor::balance}};

// "a,b" -> values, each by its name.
template <class T>
std::vector<T> named_values(const std::string& list, int count, const char* option) {
  std::vector<T> values;
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t comma = std::min(list.find(',', at), list.size());
    const std::string name = list.substr(at, comma - at);
    at = comma + 1;
    if (name.empty()) continue;
    int i = 0;
    while (i < count && name_of(static_cast<T>(i)) != name) ++i;
    if (i == count) throw CLI::ValidationError(option, "'" + name + "' is none that it knows");
    values.push_back(static_cast<T>(i));
  }
  return values;
}

std::vector<std::string> parts(const std::string& list) {
  std::vector<std::string> values;
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t comma = std::min(list.find(',', at), list.size());
    if (comma != at) values.push_back(list.substr(at, comma - at));
    at = comma + 1;
  }
  return values;
}

void page_options(CLI::App& app, Arguments& a) {
  app.add_option("inputs", a.inputs,
                 "Pages, folders, archives (WARC, WACZ), JSON Lines; - or none: standard input")
      ->option_text("INPUT...");
  app.add_option(
      "-o,--output", a.output,
      "Write here, by its name as .jsonl, .json, .md, .txt, .html, .xml, .tei; .gz or .zst behind it packs; "
      ".parquet, .arrow (a file) or .arrows (a stream): a table");
  app.add_option("--url", a.run.sources.url, "The page's address, where the file does not give it");
  app.add_option("--input", a.run.sources.input,
                 "html, or text where the input is already flattened; else it is detected")
      ->transform(CLI::CheckedTransformer(input_kinds))
      ->option_text("html|text");
  app.add_option("--favor", a.run.extract.favor, "When in doubt, leave out or take in")
      ->transform(CLI::CheckedTransformer(favors))
      ->option_text("precision|recall");
  Limits& limits = a.run.extract.limits;
  app.add_option("--max-bytes", limits.bytes, "Bytes of a page that are read")->group("Budgets of a page");
  app.add_option("--max-ms", limits.milliseconds,
                 "Milliseconds; 0 = no limit (documents then depend on the machine)")
      ->group("Budgets of a page");
  app.add_option("--max-nodes", limits.nodes, "Nodes of its tree")->group("Budgets of a page");
  app.add_option("--max-depth", limits.depth, "Open elements")->group("Budgets of a page");
  app.add_option("--max-output", limits.output, "Bytes of text")->group("Budgets of a page");
}

}  // namespace

bool format_of(std::string_view path, Format& format) {
  for (std::string_view packed : {".gz", ".zst"})
    if (path.size() > packed.size() && path.substr(path.size() - packed.size()) == packed)
      path.remove_suffix(packed.size());
  struct Ending {
    std::string_view text;
    Format format;
  };
  static constexpr Ending endings[] = {
      {".jsonl", Format::json},  {".ndjson", Format::json},       {".json", Format::json},
      {".md", Format::markdown}, {".markdown", Format::markdown}, {".txt", Format::text},
      {".text", Format::text},   {".html", Format::html},         {".htm", Format::html},
      {".tei.xml", Format::tei}, {".tei", Format::tei},           {".xml", Format::xml}};
  for (const Ending& ending : endings) {
    if (path.size() > ending.text.size() && path.substr(path.size() - ending.text.size()) == ending.text) {
      format = ending.format;
      return true;
    }
  }
  return false;
}

pipeline::Container container_of(std::string_view path) {
  const auto ends = [&](std::string_view with) {
    return path.size() >= with.size() && path.substr(path.size() - with.size()) == with;
  };
  for (std::string_view packed : {".gz", ".zst"})
    if (ends(packed)) path.remove_suffix(packed.size());
  if (ends(".parquet")) return pipeline::Container::parquet;
  if (ends(".arrow") || ends(".feather")) return pipeline::Container::arrow_file;
  if (ends(".arrows")) return pipeline::Container::arrow_stream;
  return pipeline::Container::lines;
}

bool parse_arguments(int argc, char** argv, Arguments& a, int& exit) {
  CLI::App app{
      "The article of a captured page, and what everything else on it is for.\n"
      "One page: its text on standard output. Several, or a crawl: one JSON document a line, in the order of "
      "the inputs.\n"
      "Exit status: 0 all done; 1 some inputs failed (each named on standard error); 2 nothing could be "
      "done.",
      "offprint"};
  app.set_version_flag("-V,--version", "offprint " + std::string(version()));
  app.get_formatter()->column_width(34);
  page_options(app, a);

  pipeline::RunOptions& run = a.run;
  std::string format;
  app.add_option(
         "-f,--format", format,
         "text (one page's default), markdown, html, json (that of several pages), xml, tei; parquet, "
         "arrow, arrows: a table")
      ->option_text("FORMAT");
  app.add_flag("--reasons", run.extract.reasons, "JSON: say of each block what decided its role");
  bool no_blocks = false, no_links = false, no_images = false;
  app.add_flag("--no-blocks", no_blocks, "JSON: leave out the blocks");
  app.add_flag("--no-links", no_links, "Markdown, HTML: leave out links");
  app.add_flag("--no-images", no_images, "Markdown, HTML: leave out images");
  std::string roles;
  app.add_option("--roles", roles, "What goes into `text`, such as headline,body,caption");

  const char* many = "Many pages";
  std::vector<std::string> lists;
  app.add_option("--files-from", lists, "Read the names of inputs from a file, one a line (- standard input)")
      ->expected(1)
      ->take_all()
      ->group(many);
  app.add_option("--threads,-j", run.threads, "0 = all cores")->check(CLI::Range(0, 1024))->group(many);
  std::string statuses, types, languages, shard;
  app.add_option("--status", statuses, "Only documents of these: ok,empty,partial,failed")->group(many);
  app.add_option("--page-type", types, "Only documents of these page types")->group(many);
  app.add_option("--language", languages, "Only documents in these languages (en is also en-US)")
      ->group(many);
  std::string http_statuses, media_types;
  app.add_option("--http-status", http_statuses, "Only captures of these, such as 200 or 2xx,304")
      ->group(many);
  app.add_option("--media-type", media_types, "Only captures declared as these, such as text/html")
      ->group(many);
  app.add_option("--min-words", run.filters.min_words, "Only documents of so many words")->group(many);
  app.add_option("--shard", shard, "k/n: of n runs over the same inputs the k-th, from 1")->group(many);
  app.add_option("--column-html", run.sources.columns.html, "JSON Lines, Parquet: what holds HTML [html]")
      ->group(many);
  app.add_option("--column-text", run.sources.columns.text, "The same, flattened text [text]")->group(many);
  app.add_option("--column-url", run.sources.columns.url, "The same, the address [url]")->group(many);
  app.add_option("--column-date", run.sources.columns.date, "The same, the date of the capture [date]")
      ->group(many);
  app.add_option("--column-id", run.sources.columns.id, "The same, what becomes `source` [id]")->group(many);
  app.add_flag("--hashes", run.hashes, "Mark duplicates: text_hash (equal texts), simhash (like ones)")
      ->group(many);
  app.add_flag("--provenance", run.provenance,
               "What the archive says: file, offset, captured, http_status, media_type, seed")
      ->group(many);
  app.add_flag("--check-digests", run.sources.check_digests, "WARC: compare digests; other bytes are damage")
      ->group(many);
  app.add_option("--max-record-bytes", run.sources.most_bytes, "Larger records of an archive are passed over")
      ->group(many);
  app.add_option("--report", a.report, "Write what was counted and lost here, as JSON")->group(many);
  app.add_flag("--restart", a.restart, "Do not go on with an earlier run that was interrupted")->group(many);
  app.add_option("--checkpoint", run.checkpoint_seconds,
                 "Seconds between the points from which an interrupted run can go on [2]")
      ->group(many);
  app.add_flag("-q,--quiet", a.quiet, "No progress line")->group(many);

  app.require_subcommand(0, 1);
  auto* inspect =
      app.add_subcommand("inspect", "The page's blocks in place, coloured by role, each with its reason");
  auto* read = app.add_subcommand(
      "read", "The reading copy: the article alone, with the request for support as a card");
  for (auto* command : {inspect, read}) page_options(*command, a);

  try {
    app.parse(argc, argv);
    if (const auto named = formats.find(format); named != formats.end()) {
      run.format = named->second;
      a.format_given = true;
    } else if (!format.empty()) {
      run.container = container_of("." + format);
      a.table_given = run.container != pipeline::Container::lines;
      if (!a.table_given) throw CLI::ValidationError("--format", "'" + format + "' is none that it knows");
    }
    run.filters.statuses = named_values<Status>(statuses, pipeline::status_count, "--status");
    run.filters.page_types = named_values<PageType>(types, pipeline::page_type_count, "--page-type");
    run.filters.languages = parts(languages);
    run.filters.http_statuses = parts(http_statuses);
    for (const std::string& status : run.filters.http_statuses)
      if (status.size() != 3 || status.find_first_not_of("0123456789x") != std::string::npos)
        throw CLI::ValidationError("--http-status", "'" + status + "' is neither like 200 nor like 2xx");
    run.filters.media_types = parts(media_types);
    run.roles = named_values<Role>(roles, role_count, "--roles");
    if (!shard.empty()) {
      std::uint32_t k = 0, n = 0;
      const std::size_t slash = std::min(shard.find('/'), shard.size());
      const char* end = shard.data() + shard.size();
      const auto first = std::from_chars(shard.data(), shard.data() + slash, k);
      const auto second = slash < shard.size() ? std::from_chars(shard.data() + slash + 1, end, n) : first;
      if (first.ec != std::errc{} || second.ec != std::errc{} || second.ptr != end ||
          first.ptr != shard.data() + slash || k < 1 || k > n)
        throw CLI::ValidationError("--shard", "wants k/n with 1 <= k <= n, such as 2/8");
      run.sources.shard = k - 1;
      run.sources.shards = n;
    }
  } catch (const CLI::ParseError& problem) {
    const int status = app.exit(problem);
    exit = status == 0 ? all_done : nothing_done;
    return false;
  }
  if (inspect->parsed()) a.command = Arguments::Command::inspect;
  if (read->parsed()) a.command = Arguments::Command::read;
  run.write.blocks = !no_blocks;
  run.write.links = !no_links;
  run.write.images = !no_images;
  // A capture longer than what is read of it is cut, not refused.
  run.sources.most_bytes = std::max(run.sources.most_bytes, run.extract.limits.bytes + 1);
  for (const std::string& list : lists) {
    std::string why;
    if (!sources::read_list(list, a.inputs, why)) {
      say(list + ": " + why);
      exit = nothing_done;
      return false;
    }
  }
  if (a.inputs.empty() && lists.empty()) a.inputs.push_back("-");
  if (a.inputs.empty()) {
    say("the list of inputs is empty");
    exit = nothing_done;
    return false;
  }
  return true;
}

}  // namespace offprint::cli
