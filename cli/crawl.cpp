// Inputs -> documents on standard output or in a file.
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <string>

#include "cli/cli.h"

namespace offprint::cli {
namespace {

std::atomic<bool> stop{false};
int stop_signal = 0;

extern "C" void on_signal(int signal) {
  stop_signal = signal;
  stop = true;
  std::signal(signal, SIG_DFL);  // the second one is meant
}

// Everything that the output's bytes depend on: inputs (by name, size and time) and options. Empty where a
// run cannot be gone on with.
std::string fingerprint_of(const Arguments& a, const sources::Source& source) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  const auto add = [&](std::string_view bytes) {
    for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    hash = (hash ^ 0xff) * 0x100000001b3u;
  };
  for (std::size_t i = 0; i < source.inputs(); ++i) {
    const std::string& path = source.path_of(static_cast<std::uint32_t>(i));
    struct stat about {};
    if (path == "-") return {};
    add(path);
    if (::stat(path.c_str(), &about) != 0) continue;
    if (!S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode)) return {};  // a pipe does not come again
    if (S_ISREG(about.st_mode))
      add(fmt::format("{} {}.{}", about.st_size, about.st_mtim.tv_sec, about.st_mtim.tv_nsec));
  }
  const pipeline::RunOptions& r = a.run;
  const Limits& l = r.extract.limits;
  add(fmt::format("{} {} {} {} {} {} {} {}", version(), static_cast<int>(r.format),
                  static_cast<int>(r.packing), static_cast<int>(r.extract.favor), r.extract.reasons,
                  r.write.blocks, r.write.links, r.write.images));
  add(fmt::format("{} {} {} {} {} {} {}", l.bytes, l.nodes, l.depth, l.attributes, l.output, l.json_depth,
                  l.milliseconds));
  add(fmt::format("{} {} {} {} {}", static_cast<int>(r.sources.input), r.sources.most_bytes, r.sources.shard,
                  r.sources.shards, r.filters.min_words));
  add(fmt::format("{} {} {} {}", static_cast<int>(r.container), r.hashes, r.provenance,
                  r.sources.check_digests));
  for (const std::string* text :
       {&r.sources.url, &r.sources.columns.html, &r.sources.columns.text, &r.sources.columns.url,
        &r.sources.columns.date, &r.sources.columns.id, &r.separator})
    add(*text);
  std::string lists;
  for (const Status s : r.filters.statuses) lists += name_of(s), lists += ' ';
  for (const PageType t : r.filters.page_types) lists += name_of(t), lists += ' ';
  for (const std::string& language : r.filters.languages) lists += language, lists += ' ';
  for (const std::string& status : r.filters.http_statuses) lists += status, lists += ' ';
  lists += "; ";
  for (const std::string& type : r.filters.media_types) lists += type, lists += ' ';
  lists += "; ";
  for (const Role role : r.roles) lists += name_of(role), lists += ' ';
  add(lists);
  return fmt::format("{:016x} {} inputs", hash, source.inputs());
}

bool write_report(const std::string& path, const std::string& text) {
  pipeline::Output file;
  pipeline::Checkpoint none;
  bool resumed = false;
  const bool good = path == "-" ? (file.open_stdout(), true) : file.open_file(path, {}, true, none, resumed);
  if (good && file.write(text) && file.finish()) return true;
  say(file.error());
  file.stop();
  return false;
}

}  // namespace

int extract(Arguments& a) {
  pipeline::RunOptions& options = a.run;
  options.sources.defer = true;
  const bool to_file = !a.output.empty() && a.output != "-";
  if (to_file) options.packing = pipeline::packing_of(a.output);

  if (to_file) options.sources.leave_out = a.output;
  sources::Source source;
  source.open(a.inputs, options.sources);
  const bool single = source.single_page();
  Format by_name = Format::text;
  const bool named = to_file && format_of(a.output, by_name);
  const bool lines_named = named && (a.output.find(".jsonl") != std::string::npos ||
                                     a.output.find(".ndjson") != std::string::npos);
  if (!a.table_given && !a.format_given && to_file) options.container = container_of(a.output);
  const bool table = options.container != pipeline::Container::lines;
  if (table && options.packing != pipeline::Packing::none) {
    say(fmt::format("{}: a table is packed within, leave the ending out", a.output));
    return nothing_done;
  }
  if (table && lines_named) {
    say(fmt::format("{} is a file of JSON Lines: leave -f out, or choose another name", a.output));
    return nothing_done;
  }
  if (table) options.format = Format::json;
  if (!table && !a.format_given)
    options.format = named ? by_name : single && !lines_named ? Format::text : Format::json;
  if (!table && lines_named && options.format != Format::json) {
    say(fmt::format("{} is a file of JSON Lines: leave -f out, or choose another name", a.output));
    return nothing_done;
  }
  if (!table && !single && options.format != Format::json) {
    if (options.format != Format::text && options.format != Format::markdown) {
      say("several pages come as JSON Lines (or, one behind the other, as text or markdown); give one page "
          "for this format");
      return nothing_done;
    }
    options.separator = "\f\n";
  }

  pipeline::Output output;
  pipeline::Checkpoint checkpoint;
  bool resumed = false;
  if (!to_file) {
    output.open_stdout();
  } else if (!output.open_file(a.output, single ? std::string{} : fingerprint_of(a, source), a.restart,
                               checkpoint, resumed)) {
    say(output.error());
    return nothing_done;
  }
  if (resumed) {
    if (!source.go_behind(checkpoint.position)) {
      say(fmt::format("{} has changed since {} was begun: --restart begins anew",
                      source.path_of(checkpoint.position.file_index), output.part_path()));
      return nothing_done;
    }
    say(fmt::format("going on behind {} documents of an earlier run", checkpoint.tally.documents));
  }
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);

  pipeline::RunCalls calls;
  calls.stop = &stop;
  if (on_terminal() && !a.quiet && !single) calls.progress = show_progress;
  // All failed inputs are named; of what was lost within archives, the first thousand.
  std::uint64_t lost = 0;
  calls.trouble = [&](const pipeline::Trouble& trouble) {
    if (!trouble.input_failed && ++lost > 1000) return;
    say(pipeline::line_of(trouble));
  };
  const pipeline::RunResult result =
      pipeline::run(source, options, output, resumed ? &checkpoint : nullptr, calls);
  clear_progress();
  if (lost > 1000) say(fmt::format("and {} more losses (--report lists them)", lost - 1000));

  bool written = result.finished;
  std::string error = result.error;
  if (written && !output.finish()) {
    written = false;
    error = output.error();
  }
  const pipeline::Tally& tally = result.state.tally;
  if (!written) {
    output.stop();
    const std::string done = fmt::format("{} documents are done", tally.documents);
    if (output.can_go_on())
      say(fmt::format("{}; {} ({}): {}run the same command again to go on", error.empty() ? "stopped" : error,
                      done, output.part_path(), output.disk_full() ? "make room and " : ""));
    else
      say(fmt::format("{}; {}", error.empty() ? "stopped" : error, to_file ? "nothing was kept" : done));
  }
  bool reported = true;
  if (!a.report.empty()) {
    reported = write_report(a.report, pipeline::report_json(tally, result.state.counts, result.state.troubles,
                                                            {.seconds = result.seconds,
                                                             .threads = result.threads,
                                                             .finished = written,
                                                             .stopped_by = error,
                                                             .input_bytes = source.total_bytes()}));
  }
  if (!written) return stop_signal != 0 && error.empty() ? 128 + stop_signal : some_failed;
  if (tally.failures == 0 && tally.losses == 0 && reported) return all_done;
  const auto of = [&](Status s) { return tally.by_status[static_cast<std::size_t>(s)]; };
  const bool some =
      of(Status::ok) + of(Status::empty) + of(Status::partial) + tally.filtered != 0 || tally.failures == 0;
  return some ? some_failed : nothing_done;
}

}  // namespace offprint::cli
