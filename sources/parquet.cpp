#include "sources/parquet.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "sources/parquet_column.h"
#include "sources/parquet_footer.h"

namespace offprint::sources {

using Value = ParquetColumn::Value;

struct ParquetReader::State {
  enum { html, text, url, date, id };
  std::string path;
  UnpackLimits limits;
  Losses* losses = nullptr;
  std::string neither;
  std::uint64_t file_size = 0, all_rows = 0;
  std::vector<ParquetGroup> groups;
  std::array<std::unique_ptr<ParquetColumn>, 5> columns;  // null: not in the file
  std::array<std::size_t, 5> chunk_of{};                  // of a group

  std::size_t group = 0;  // the next to open
  std::uint64_t row = 0, group_left = 0;
  std::uint64_t given_bytes = 0;

  // Opens the columns of these names; `wanted` gets which leaves they are.
  bool find_columns(const JsonColumns& names, const std::vector<ParquetLeaf>& leaves,
                    std::vector<std::size_t>& wanted, std::string& error) {
    const std::string* wanted_names[] = {&names.html, &names.text, &names.url, &names.date, &names.id};
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const auto named = std::find_if(leaves.begin(), leaves.end(), [&](const ParquetLeaf& leaf) {
        return !wanted_names[c]->empty() && leaf.name == *wanted_names[c];
      });
      if (named == leaves.end()) continue;
      if (named->type != ParquetLeaf::strings || named->in_list) {
        if (c > text) continue;  // a date may be a number
        error = fmt::format("the column \"{}\" holds no strings", named->name);
        return false;
      }
      auto own = open_file(path, error);
      if (!own) return false;
      columns[c] = std::make_unique<ParquetColumn>(path, std::move(own), *named, limits, *losses);
      chunk_of[c] = wanted.size();
      wanted.push_back(static_cast<std::size_t>(named - leaves.begin()));
    }
    neither = fmt::format("neither \"{}\" nor \"{}\" in it", names.html, names.text);
    if (columns[html] || columns[text]) return true;
    std::string some;
    for (std::size_t i = 0; i < std::min<std::size_t>(leaves.size(), 12); ++i)
      some += (i == 0 ? "" : ", ") + leaves[i].name;
    error = fmt::format("no column \"{}\" or \"{}\"; it has {}", names.html, names.text, some);
    return false;
  }

  bool open_group() {
    if (group >= groups.size()) return false;
    const ParquetGroup& g = groups[group++];
    for (std::size_t c = 0; c < columns.size(); ++c)
      if (columns[c]) columns[c]->start(g.chunks[chunk_of[c]], file_size);
    row = g.first;
    group_left = g.rows;
    return true;
  }
};

ParquetReader::ParquetReader() : state_(std::make_unique<State>()) {}
ParquetReader::~ParquetReader() = default;

bool ParquetReader::open(const std::string& path, const JsonColumns& names, const UnpackLimits& limits,
                         Losses& losses, std::string& error) {
  state_ = std::make_unique<State>();
  State& s = *state_;
  s.path = path;
  s.limits = limits;
  s.losses = &losses;
  auto feed = open_file(path, error);
  if (!feed) return false;
  if (!feed->can_seek()) {
    error = "a Parquet file cannot be read from a pipe: its table of contents stands at its end";
    return false;
  }
  s.file_size = feed->size();
  std::string footer;
  if (!read_footer(std::move(feed), footer, error)) return false;
  std::vector<ParquetLeaf> leaves;
  std::vector<std::size_t> wanted;
  const char* broken = "not a readable Parquet file: its footer is broken";
  if (!read_leaves(footer, leaves)) {
    error = broken;
    return false;
  }
  if (!s.find_columns(names, leaves, wanted, error)) return false;
  if (!read_groups(footer, wanted, s.groups, s.all_rows)) {
    error = broken;
    return false;
  }
  return true;
}

std::uint64_t ParquetReader::rows() const {
  return state_->all_rows;
}

void ParquetReader::go_to(std::uint64_t row) {
  State& s = *state_;
  s.group_left = 0;
  for (s.group = 0; s.group + 1 < s.groups.size() && s.groups[s.group + 1].first <= row;) ++s.group;
}

bool ParquetReader::next(JsonLine& line, std::uint64_t& row) {
  State& s = *state_;
  for (;;) {
    if (s.group_left == 0) {
      if (!s.open_group()) return false;
      continue;
    }
    --s.group_left;
    row = s.row++;
    std::array<std::string_view, 5> values;
    std::array<Value, 5> states;
    states.fill(Value::null);
    bool dead = true;
    for (std::size_t c = 0; c < s.columns.size(); ++c) {
      if (!s.columns[c]) continue;
      states[c] = s.columns[c]->next(values[c]);
      if (c <= State::text) dead = dead && s.columns[c]->dead();
    }
    if (dead) s.group_left = 0;  // a footer may promise any number of rows
    const bool html = states[State::html] == Value::given, text = states[State::text] == Value::given;
    if (!html && !text) {
      if (states[State::html] != Value::lost && states[State::text] != Value::lost)
        s.losses->add(s.path, row, 0, fmt::format("row {}: {}", row, s.neither));
      continue;
    }
    line = {};
    line.has_html = html;
    line.has_text = !html;
    line.bytes = values[html ? State::html : State::text];
    for (const auto& [c, to] : {std::pair<std::size_t, std::string_view*>{State::url, &line.url},
                                {State::date, &line.date},
                                {State::id, &line.id}})
      if (states[c] == Value::given) *to = values[c];
    s.given_bytes += line.bytes.size();
    if (s.given_bytes > s.limits.ratio_from &&
        static_cast<double>(s.given_bytes) > s.limits.most_ratio * static_cast<double>(s.file_size)) {
      // One dictionary entry may be a million rows.
      s.losses->add(s.path, row, 0, "a decompression bomb: the rest of its rows is passed over");
      s.group = s.groups.size();
      s.group_left = 0;
      return false;
    }
    return true;
  }
}

std::uint64_t ParquetReader::position() const {
  std::uint64_t at = 0;
  for (const auto& column : state_->columns)
    if (column) at = std::max(at, column->position());
  return at;
}

}  // namespace offprint::sources
