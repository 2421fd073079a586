#include "pipeline/pipeline.h"

#include <tbb/concurrent_queue.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <mutex>
#include <thread>

#include "pipeline/table.h"
#include "pipeline/worker.h"

namespace offprint::pipeline {
namespace {

// Enough for one task to pay for itself, little enough to keep memory flat.
constexpr std::size_t batch_bytes = 1u << 20, batch_records = 64;
// A batch of a table is a row group, which readers want larger.
constexpr std::size_t table_bytes = 4u << 20, table_records = 512;

using Clock = std::chrono::steady_clock;
double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

struct Run {
  sources::Source& source;
  const RunOptions& options;
  Output& output;
  const RunCalls& calls;
  RunResult& result;
  Clock::time_point start = Clock::now(), noted = start, shown = start;
  sources::SourceCounts earlier;    // of the run that we go on with
  Progress progress;                // as it began
  std::atomic<bool> broken{false};  // writing failed
  bool at_end = false;              // of the inputs
  std::deque<Batch> batches;        // all that there are
  tbb::concurrent_queue<Batch*> idle;

  // Reads the next batch; null at the end.
  Batch* read() {
    if (at_end || broken.load(std::memory_order_relaxed)) return nullptr;
    if (calls.stop != nullptr && calls.stop->load(std::memory_order_relaxed)) {
      result.stopped = true;
      return nullptr;
    }
    Batch* batch = nullptr;
    if (!idle.try_pop(batch)) batch = &batches.emplace_back();
    (void)batch->turn.load(std::memory_order_acquire);
    batch->used = 0;
    batch->tally = {};
    batch->troubles.clear();
    batch->out_of_memory = false;
    const bool lines = options.container == Container::lines;
    std::size_t bytes = 0;
    while (bytes < (lines ? batch_bytes : table_bytes) &&
           batch->used < (lines ? batch_records : table_records)) {
      if (batch->used == batch->records.size()) batch->records.emplace_back();
      sources::CaptureRecord& record = batch->records[batch->used];
      if (!source.next(record)) {
        at_end = true;
        break;
      }
      bytes += record.bytes.size();
      ++batch->used;
    }
    sources::Losses& losses = source.losses();
    for (sources::Loss& loss : losses.list) batch->troubles.push_back({false, std::move(loss)});
    batch->tally.losses += losses.count;
    losses.list.clear();
    losses.count = 0;
    batch->counts = source.counts();
    batch->read_bytes = source.read_bytes();
    if (batch->used == 0 && batch->troubles.empty()) {
      return nullptr;
    }
    return batch;
  }

  sources::SourceCounts sum(const sources::SourceCounts& now) const {
    sources::SourceCounts all = earlier;
    all.files += now.files;
    all.failed += now.failed;
    all.records += now.records;
    all.captures += now.captures;
    all.revisits += now.revisits;
    all.other_types += now.other_types;
    all.not_pages += now.not_pages;
    all.too_large += now.too_large;
    return all;
  }

  // What stands before the first batch of a table.
  bool begin() {
    if (options.container == Container::lines || output.length() != 0) return true;
    const std::string head = table_head(options);
    result.state.length = head.size();
    return output.write(head);
  }
  // And behind the last one.
  bool end() {
    return options.container == Container::lines ||
           (begin() && output.write(table_end(options, result.state.batches)));
  }

  void write(Batch* batch) {
    if (!broken.load(std::memory_order_relaxed)) {
      if (batch->out_of_memory) {
        result.error = "out of memory";
        broken = true;
      } else if (!begin() || !output.write(batch->packed)) {
        result.error = output.error();
        broken = true;
      } else {
        commit(*batch);
      }
    }
    // A page of 100 MB must not keep its memory until the end.
    if (batch->text.capacity() > (8u << 20)) batch->text = {};
    if (batch->packed.capacity() > (8u << 20)) batch->packed = {};
    batch->turn.fetch_add(1, std::memory_order_release);
    idle.push(batch);
  }

  void commit(Batch& batch) {
    Checkpoint& state = result.state;
    state.tally.add(batch.tally);
    state.counts = sum(batch.counts);
    for (BatchIndex& part : batch.parts) {
      part[0] += state.length;
      state.batches.push_back(std::move(part));
    }
    state.length = output.length();
    for (Trouble& trouble : batch.troubles) {
      if (calls.trouble) calls.trouble(trouble);
      if (state.troubles.size() < sources::Losses::most_kept) state.troubles.push_back(std::move(trouble));
    }
    if (batch.used != 0) state.position = sources::position_of(batch.records[batch.used - 1]);
    if (batch.used != 0 && seconds_since(noted) >= options.checkpoint_seconds) {
      if (!output.note(state)) {
        result.error = output.error();
        broken = true;
      }
      noted = Clock::now();
    }
    if (calls.progress && seconds_since(shown) >= 0.2) {
      shown = Clock::now();
      tell(batch.read_bytes);
    }
  }

  void tell(std::uint64_t read_bytes) {
    Progress now = progress;
    now.documents = result.state.tally.documents;
    now.failures = result.state.tally.failures;
    now.read_bytes = read_bytes;
    now.seconds = seconds_since(start);
    calls.progress(now);
  }

  void go() {
    const unsigned threads = result.threads;
    if (threads <= 1) {
      Worker worker;
      while (Batch* batch = read()) {
        worker.work(*batch, source, options);
        write(batch);
      }
      return;
    }
    tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
    tbb::task_arena arena(static_cast<int>(threads));
    tbb::enumerable_thread_specific<Worker> workers;
    // TBB orders the stages by itself, but within its library, where ThreadSanitizer cannot see it. A lock
    // that is never waited for and an atomic a batch say the same in our own words, and make that tool worth
    // running.
    std::mutex reading, writing;
    const auto take = [](Batch* batch) { (void)batch->turn.load(std::memory_order_acquire); };
    const auto pass_on = [](Batch* batch) { batch->turn.fetch_add(1, std::memory_order_release); };
    const auto first = [&](tbb::flow_control& control) -> Batch* {
      const std::lock_guard<std::mutex> lock(reading);
      Batch* batch = read();
      if (batch == nullptr)
        control.stop();
      else
        pass_on(batch);
      return batch;
    };
    const auto second = [&](Batch* batch) -> Batch* {
      take(batch);
      workers.local().work(*batch, source, options);
      pass_on(batch);
      return batch;
    };
    const auto third = [&](Batch* batch) {
      const std::lock_guard<std::mutex> lock(writing);
      take(batch);
      write(batch);
    };
    arena.execute([&] {
      tbb::parallel_pipeline(threads + 2,
                             tbb::make_filter<void, Batch*>(tbb::filter_mode::serial_in_order, first) &
                                 tbb::make_filter<Batch*, Batch*>(tbb::filter_mode::parallel, second) &
                                 tbb::make_filter<Batch*, void>(tbb::filter_mode::serial_in_order, third));
    });
    const std::scoped_lock both(reading, writing);
  }
};

}  // namespace

RunResult run(sources::Source& source, const RunOptions& options, Output& output, const Checkpoint* resume,
              const RunCalls& calls) {
  RunResult result;
  Run run{source, options, output, calls, result};
  result.threads = options.threads != 0 ? options.threads : std::max(1u, std::thread::hardware_concurrency());
  if (resume != nullptr) {
    result.state = *resume;
    run.earlier = resume->counts;
  }
  run.progress.total_bytes = source.total_bytes();
  run.progress.earlier_documents = result.state.tally.documents;
  run.progress.earlier_bytes = resume != nullptr ? source.read_bytes() : 0;
  try {
    run.go();
  } catch (const std::bad_alloc&) {
    result.error = "out of memory";
  } catch (const std::exception& problem) {
    result.error = problem.what();
  }
  result.seconds = seconds_since(run.start);
  if (run.at_end && !run.broken) result.state.counts = run.sum(source.counts());
  result.finished = result.error.empty() && run.at_end && !run.broken;
  if (result.finished && !run.end()) {
    result.finished = false;
    result.error = output.error();
  }
  if (!result.finished && result.state.counts.captures != 0) {
    // Stopped: what is written is worth an entry.
    if (!result.error.empty())
      output.note_after_failure(result.state);
    else if (!output.note(result.state))
      result.error = output.error();
  }
  if (calls.progress) run.tell(source.read_bytes());
  return result;
}

}  // namespace offprint::pipeline
