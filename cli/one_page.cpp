// `inspect` and `read`: a page for people.
#include <fmt/format.h>

#include "cli/cli.h"
#ifdef OFFPRINT_READER
#include "base/arena.h"
#include "base/budget.h"
#include "encoding/encoding.h"
#include "reader/reader.h"
#endif

namespace offprint::cli {

int make_page(const Arguments& a) {
  if (a.inputs.size() != 1) {
    say("inspect and read take one page");
    return nothing_done;
  }
  sources::Source source;
  source.open(a.inputs, a.run.sources);
  sources::CaptureRecord record;
  if (!source.next(record)) {
    say(fmt::format("{}: no page in it", a.inputs[0]));
    return nothing_done;
  }
  int exit = all_done;
  for (const sources::Loss& loss : source.losses().list) {
    say(pipeline::line_of({false, loss}));
    exit = some_failed;
  }
  if (!record.error.empty()) {
    say(fmt::format("{}: {}", record.file, record.error));
    return nothing_done;
  }
  Options options = a.run.extract;
  options.reasons = true;
  Extractor extractor;
  const Document& document = extractor.extract({.bytes = record.bytes.view(),
                                                .source = record.source,
                                                .url = record.url,
                                                .charset = record.charset,
                                                .input = record.input},
                                               options);
  if (document.status == Status::failed) {
    say(fmt::format("{}: {}", record.source, document.error));
    return nothing_done;
  }
  std::string page;
#ifdef OFFPRINT_READER
  if (a.command == Arguments::Command::inspect) {
    // Spans count in the captured bytes of a UTF-8 page, else in its decoded text.
    Arena arena;
    Meter meter;
    std::string_view text = record.bytes.view();
    if (!document.encoding.empty() && document.encoding != "UTF-8")
      text = decode(text, record.charset, arena, meter).utf8;
    write_inspect(document, text, page);
  } else {
    write_reading_copy(document, page);
  }
#else
  say("this offprint was built without its reader");
  return nothing_done;
#endif
  pipeline::Output output;
  pipeline::Checkpoint none;
  bool resumed = false;
  if (a.output.empty() || a.output == "-") {
    output.open_stdout();
  } else if (!output.open_file(a.output, {}, true, none, resumed)) {
    say(output.error());
    return nothing_done;
  }
  if (!output.write(page) || !output.finish()) {
    output.stop();
    say(output.error());
    return nothing_done;
  }
  return exit;
}

}  // namespace offprint::cli
