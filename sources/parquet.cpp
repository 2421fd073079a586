#include "sources/parquet.h"

#include <fmt/format.h>
#include <isa-l.h>
#include <lz4.h>
#include <snappy.h>

#include <algorithm>
#include <array>
#include <bit>
#include <vector>

#include "sources/parquet_page.h"
#include "sources/thrift.h"
#include "sources/window.h"

namespace offprint::sources {
namespace {

constexpr std::string_view magic = "PAR1";
constexpr std::uint64_t most_footer = 512u << 20, most_page = 1u << 30;
// Of parquet.thrift.
enum { type_bytes = 6 };
enum { optional = 1, repeated = 2 };
enum { page_data = 0, page_dictionary = 2, page_data_2 = 3 };
enum { codec_none = 0, codec_snappy = 1, codec_gzip = 2, codec_brotli = 4, codec_zstd = 6, codec_lz4 = 7 };

struct Leaf {
  std::string name;  // dotted
  int type = -1;
  unsigned most_definition = 0;
  bool in_list = false;
};

struct Chunk {
  std::uint64_t begin = 0, size = 0;
  int codec = 0;
};

// The schema's tree, flattened as it is written: each element says how many children follow it.
bool read_schema(ThriftReader& r, std::vector<Leaf>& leaves) {
  struct Open {
    std::uint64_t left;
    std::string path;
    unsigned definition;
    bool in_list;
  };
  std::vector<Open> open;
  const ThriftReader::List list = r.list();
  for (std::uint64_t i = 0; i < list.size && r.good(); ++i) {
    Leaf leaf;
    std::int64_t children = 0, repetition = 0;
    std::string_view name;
    r.begin();
    for (ThriftReader::Field f; r.next(f);) {
      if (f.id == 1)
        leaf.type = static_cast<int>(r.number());
      else if (f.id == 3)
        repetition = r.number();
      else if (f.id == 4)
        name = r.text();
      else if (f.id == 5)
        children = r.number();
      else
        r.skip(f.type);
    }
    if (children < 0) return false;
    if (i == 0) {
      open.push_back({static_cast<std::uint64_t>(children), "", 0, false});
      continue;
    }
    while (!open.empty() && open.back().left == 0) open.pop_back();
    if (open.empty()) return false;
    Open& above = open.back();
    --above.left;
    leaf.name = above.path.empty() ? std::string(name) : above.path + "." + std::string(name);
    leaf.most_definition = above.definition + (repetition == optional || repetition == repeated ? 1 : 0);
    leaf.in_list = above.in_list || repetition == repeated;
    if (children != 0) {
      if (open.size() > 64) return false;
      open.push_back({static_cast<std::uint64_t>(children), leaf.name, leaf.most_definition, leaf.in_list});
    } else {
      leaves.push_back(std::move(leaf));
    }
  }
  return r.good();
}

Chunk read_chunk(ThriftReader& r) {
  Chunk chunk;
  std::int64_t data = 0, dictionary = 0, size = 0;
  r.begin();
  for (ThriftReader::Field f; r.next(f);) {
    if (f.id != 3) {
      r.skip(f.type);
      continue;
    }
    r.begin();
    for (ThriftReader::Field inner; r.next(inner);) {
      if (inner.id == 4)
        chunk.codec = static_cast<int>(r.number());
      else if (inner.id == 7)
        size = r.number();
      else if (inner.id == 9)
        data = r.number();
      else if (inner.id == 11)
        dictionary = r.number();
      else
        r.skip(inner.type);
    }
  }
  // Old writers set the dictionary's offset though there is none.
  chunk.begin = static_cast<std::uint64_t>(
      dictionary > 0 && dictionary < data ? dictionary : std::max<std::int64_t>(data, 0));
  chunk.size = static_cast<std::uint64_t>(std::max<std::int64_t>(size, 0));
  return chunk;
}

struct PageHead {
  std::size_t length = 0;
  std::int64_t type = -1, unpacked = -1, packed = -1, crc = 0, values = 0, encoding = 0;
  std::int64_t definition_bytes = 0, repetition_bytes = 0;
  bool has_crc = false, is_packed = true;
};

bool read_page_head(std::string_view bytes, PageHead& head) {
  ThriftReader r(bytes);
  r.begin();
  for (ThriftReader::Field f; r.next(f);) {
    if (f.id == 1) {
      head.type = r.number();
    } else if (f.id == 2) {
      head.unpacked = r.number();
    } else if (f.id == 3) {
      head.packed = r.number();
    } else if (f.id == 4) {
      head.crc = r.number();
      head.has_crc = true;
    } else if ((f.id == 5 || f.id == 7 || f.id == 8) && f.type == ThriftType::structure) {
      const bool second = f.id == 8;
      r.begin();
      for (ThriftReader::Field inner; r.next(inner);) {
        if (inner.id == 1)
          head.values = r.number();
        else if (inner.id == (second ? 4 : 2))
          head.encoding = r.number();
        else if (second && inner.id == 5)
          head.definition_bytes = r.number();
        else if (second && inner.id == 6)
          head.repetition_bytes = r.number();
        else if (second && inner.id == 7)
          head.is_packed = r.boolean(inner);
        else
          r.skip(inner.type);
      }
    } else {
      r.skip(f.type);
    }
  }
  head.length = r.position();
  return r.good() && head.packed >= 0 && head.unpacked >= 0 && head.values >= 0;
}

enum class Value : unsigned char { given, null, lost };

// One column: its pages, one behind the other.
struct Column {
  std::size_t leaf = 0;
  std::string name, file;
  unsigned most_definition = 0;
  std::unique_ptr<Window> window;
  UnpackLimits limits;
  Losses* losses = nullptr;
  std::array<std::unique_ptr<Codec>, 3> codecs;

  std::uint64_t at = 0, end = 0;  // in the file, of the chunk
  int codec = 0;
  bool dead = false;  // nothing more can be had of the chunk
  Buffer dictionary_bytes, page;
  std::vector<std::string_view> dictionary;
  HybridNumbers levels;
  PageStrings strings;
  std::uint64_t left = 0;  // values of the page
  bool page_lost = false;
  std::uint64_t page_at = 0, page_size = 0;

  void start(const Chunk& chunk, std::uint64_t file_size) {
    at = chunk.begin;
    end = std::min(file_size, chunk.begin + std::min(chunk.size, file_size));
    codec = chunk.codec;
    dead = page_lost = false;
    left = 0;
    dictionary.clear();
  }

  void lose(std::uint64_t rows, std::string_view why) {
    losses->add(file, page_at, page_size, fmt::format("column {}: {} rows lost: {}", name, rows, why));
  }
  void die(std::string_view why) {
    page_at = at;
    page_size = end - std::min(at, end);
    losses->add(file, page_at, page_size,
                fmt::format("column {}: the rest of a row group lost: {}", name, why));
    dead = true;
  }

  Value next(std::string_view& value) {
    while (left == 0)
      if (dead || !load()) return Value::lost;
    --left;
    if (page_lost) return Value::lost;
    std::uint32_t level = most_definition;
    if (most_definition != 0 && !levels.next(level)) return fail("its levels end too early");
    if (level != most_definition) return Value::null;
    if (!strings.next(dictionary, value)) return fail("its values are broken");
    return Value::given;
  }
  Value fail(std::string_view why) {
    lose(left + 1, why);
    page_lost = true;
    return Value::lost;
  }

  bool unpack(std::string_view in, std::uint64_t size, Buffer& out, std::string& problem) {
    out.clear();
    if (size > most_page ||
        (size > limits.ratio_from && codec != codec_none &&
         static_cast<double>(size) > limits.most_ratio * static_cast<double>(in.size()))) {
      problem = fmt::format("a decompression bomb ({} bytes out of {})", size, in.size());
      return false;
    }
    const auto want = static_cast<std::size_t>(size);
    problem = "it does not unpack";
    switch (codec) {
      case codec_none:
        out.append(in);
        break;
      case codec_snappy: {
        std::size_t length = 0;
        if (!snappy::GetUncompressedLength(in.data(), in.size(), &length) || length != want ||
            !snappy::RawUncompress(in.data(), in.size(), out.room(want + 1)))
          return false;
        out.commit(want);
        break;
      }
      case codec_lz4:
        if (in.size() > LZ4_MAX_INPUT_SIZE ||
            LZ4_decompress_safe(in.data(), out.room(want + 1), static_cast<int>(in.size()),
                                static_cast<int>(want)) != static_cast<int>(want))
          return false;
        out.commit(want);
        break;
      case codec_gzip:
      case codec_brotli:
      case codec_zstd: {
        const std::size_t which = codec == codec_gzip ? 0 : codec == codec_brotli ? 1 : 2;
        if (in.empty() && want == 0) break;
        if (!codecs[which])
          codecs[which] = make_codec(which == 0 ? Coding::gzip : which == 1 ? Coding::brotli : Coding::zstd);
        UnpackLimits exact = limits;
        exact.most_bytes = want;
        std::string why;
        if (!unpack_all(*codecs[which], in, out, exact, why)) {
          problem = why;
          return false;
        }
        break;
      }
      default:
        problem = fmt::format("packed by a method that is not known ({})", codec);
        return false;
    }
    if (out.size() != want) return false;
    problem.clear();
    return true;
  }

  // Reads the next page. False where the chunk has no more of them.
  bool load() {
    if (at >= end) {
      die("it has fewer values than rows");
      return false;
    }
    PageHead head;
    bool read = false;
    // A head may hold the column's least and greatest value.
    for (std::size_t want = 512; !read; want *= 16) {
      const std::string_view bytes =
          window->at(at, static_cast<std::size_t>(std::min<std::uint64_t>(want, end - at)));
      head = {};
      read = read_page_head(
          bytes.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), end - at))), head);
      if (!read && (want > (16u << 20) || want >= end - at)) {
        die("a page's head is broken");
        return false;
      }
    }
    const auto packed = static_cast<std::uint64_t>(head.packed);
    if (packed > end - at - head.length || packed > most_page) {
      die("a page is longer than its column");
      return false;
    }
    page_at = at;
    page_size = head.length + packed;
    std::string_view bytes = window->at(at + head.length, static_cast<std::size_t>(packed));
    if (bytes.size() < packed) {
      die("the file is cut off");
      return false;
    }
    bytes = bytes.substr(0, static_cast<std::size_t>(packed));
    at += page_size;
    std::string problem;
    if (head.has_crc && crc32_gzip_refl(0, reinterpret_cast<const unsigned char*>(bytes.data()), packed) !=
                            static_cast<std::uint32_t>(head.crc))
      problem = "wrong checksum";
    if (head.type == page_dictionary) {
      if (problem.empty() &&
          unpack(bytes, static_cast<std::uint64_t>(head.unpacked), dictionary_bytes, problem)) {
        std::string_view rest = dictionary_bytes.view(), entry;
        for (std::int64_t i = 0; i < head.values && problem.empty(); ++i) {
          if (take_plain(rest, entry))
            dictionary.push_back(entry);
          else
            problem = "its entries are broken";
        }
      }
      if (!problem.empty())
        losses->add(file, page_at, page_size,
                    fmt::format("column {}: its dictionary is lost: {}", name, problem));
      return true;
    }
    if (head.type != page_data && head.type != page_data_2) return true;
    left = static_cast<std::uint64_t>(head.values);
    page_lost = false;
    if (problem.empty()) begin_page(head, bytes, problem);
    if (!problem.empty()) {
      lose(left, problem);
      page_lost = true;
    }
    return true;
  }

  void begin_page(const PageHead& head, std::string_view bytes, std::string& problem) {
    std::string_view defined, values;
    const auto unpacked = static_cast<std::uint64_t>(head.unpacked);
    if (head.type == page_data_2) {
      // Levels stand before the rest, never packed.
      if (head.definition_bytes < 0 || head.repetition_bytes < 0 ||
          static_cast<std::uint64_t>(head.definition_bytes) +
                  static_cast<std::uint64_t>(head.repetition_bytes) >
              std::min<std::uint64_t>(bytes.size(), unpacked)) {
        problem = "its levels are broken";
        return;
      }
      const auto before = static_cast<std::size_t>(head.repetition_bytes);
      const auto size = static_cast<std::size_t>(head.definition_bytes);
      level_bytes.assign(bytes.substr(before, size));
      defined = level_bytes.view();
      bytes.remove_prefix(before + size);
      const int kept = codec;
      if (!head.is_packed) codec = codec_none;
      unpack(bytes, unpacked - before - size, page, problem);
      codec = kept;
      values = page.view();
    } else {
      if (!unpack(bytes, unpacked, page, problem)) return;
      values = page.view();
      if (most_definition != 0 && !take_plain(values, defined)) problem = "its levels are broken";
    }
    if (!problem.empty()) return;
    levels = HybridNumbers(defined, static_cast<unsigned>(std::bit_width(most_definition)));
    PageEncoding encoding = PageEncoding::plain;
    switch (head.encoding) {
      case 0:
        break;
      case 2:
      case 8:
        encoding = PageEncoding::dictionary;
        break;
      case 6:
        encoding = PageEncoding::delta_length;
        break;
      case 7:
        encoding = PageEncoding::delta;
        break;
      default:
        problem = fmt::format("an encoding that is not known ({})", head.encoding);
        return;
    }
    if (!strings.begin(encoding, values, static_cast<std::uint64_t>(head.values)))
      problem = "its values are broken";
  }
  Buffer level_bytes;
};

}  // namespace

struct ParquetReader::State {
  enum { html, text, url, date, id };
  struct Group {
    std::uint64_t first = 0, rows = 0;
    std::array<Chunk, 5> chunks;
  };
  std::string path;
  UnpackLimits limits;
  Losses* losses = nullptr;
  std::string neither;
  std::uint64_t file_size = 0, all_rows = 0;
  std::vector<Group> groups;
  std::array<std::unique_ptr<Column>, 5> columns;

  std::size_t group = 0;  // the next to open
  std::uint64_t row = 0, group_left = 0;
  std::uint64_t given_bytes = 0;

  bool read_groups(ThriftReader& r) {
    const ThriftReader::List list = r.list();
    for (std::uint64_t i = 0; i < list.size && r.good(); ++i) {
      Group g;
      r.begin();
      for (ThriftReader::Field f; r.next(f);) {
        if (f.id == 1 && f.type == ThriftType::list) {
          const ThriftReader::List chunks = r.list();
          for (std::uint64_t n = 0; n < chunks.size && r.good(); ++n) {
            const Chunk chunk = read_chunk(r);
            for (std::size_t c = 0; c < columns.size(); ++c)
              if (columns[c] && columns[c]->leaf == n) g.chunks[c] = chunk;
          }
        } else if (f.id == 3) {
          g.rows = static_cast<std::uint64_t>(std::max<std::int64_t>(0, r.number()));
        } else {
          r.skip(f.type);
        }
      }
      g.first = all_rows;
      if (g.rows > (std::uint64_t{1} << 40)) return false;
      all_rows += g.rows;
      groups.push_back(g);
    }
    return r.good();
  }

  bool open_group() {
    if (group >= groups.size()) return false;
    const Group& g = groups[group++];
    for (std::size_t c = 0; c < columns.size(); ++c)
      if (columns[c]) columns[c]->start(g.chunks[c], file_size);
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
  error = "not a readable Parquet file: no footer (cut off?)";
  if (s.file_size < 12) return false;
  std::string footer;
  {
    Window window(std::move(feed));
    const std::string tail(window.at(s.file_size - 8, 8));
    if (tail.size() < 8 || tail.substr(4, 4) != magic) return false;
    std::uint64_t size = 0;
    for (unsigned i = 0; i < 4; ++i)
      size |= static_cast<std::uint64_t>(static_cast<unsigned char>(tail[i])) << (8 * i);
    if (size > s.file_size - 12 || size > most_footer) return false;
    footer = std::string(window.at(s.file_size - 8 - size, static_cast<std::size_t>(size))
                             .substr(0, static_cast<std::size_t>(size)));
    if (footer.size() != size) return false;
  }
  error = "not a readable Parquet file: its footer is broken";
  std::vector<Leaf> leaves;
  // Twice, so that the schema is known when row groups are read.
  for (const int wanted : {2, 4}) {
    ThriftReader r(footer);
    bool found = false;
    r.begin();
    for (ThriftReader::Field f; r.next(f);) {
      if (f.id != wanted || f.type != ThriftType::list) {
        r.skip(f.type);
        continue;
      }
      if (wanted == 2 ? !read_schema(r, leaves) : !s.read_groups(r)) return false;
      found = true;
      break;
    }
    if (!found) return false;
    if (wanted == 4) break;
    const std::string* wanted_names[] = {&names.html, &names.text, &names.url, &names.date, &names.id};
    for (std::size_t c = 0; c < s.columns.size(); ++c) {
      for (std::size_t i = 0; i < leaves.size(); ++i) {
        const Leaf& leaf = leaves[i];
        if (wanted_names[c]->empty() || leaf.name != *wanted_names[c]) continue;
        if (leaf.type != type_bytes || leaf.in_list) {
          if (c > State::text) continue;  // a date may be a number
          error = fmt::format("the column \"{}\" holds no strings", leaf.name);
          return false;
        }
        auto column = std::make_unique<Column>();
        auto own = open_file(path, error);
        if (!own) return false;
        column->window = std::make_unique<Window>(std::move(own));
        column->leaf = i;
        column->name = leaf.name;
        column->file = path;
        column->most_definition = leaf.most_definition;
        column->limits = limits;
        column->losses = &losses;
        s.columns[c] = std::move(column);
        break;
      }
    }
    s.neither = fmt::format("neither \"{}\" nor \"{}\" in it", names.html, names.text);
    if (!s.columns[State::html] && !s.columns[State::text]) {
      std::string some;
      for (std::size_t i = 0; i < std::min<std::size_t>(leaves.size(), 12); ++i)
        some += (i == 0 ? "" : ", ") + leaves[i].name;
      error = fmt::format("no column \"{}\" or \"{}\"; it has {}", names.html, names.text, some);
      return false;
    }
  }
  error.clear();
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
    std::array<Value, 5> states{Value::null, Value::null, Value::null, Value::null, Value::null};
    bool dead = true;
    for (std::size_t c = 0; c < s.columns.size(); ++c) {
      if (!s.columns[c]) continue;
      states[c] = s.columns[c]->next(values[c]);
      if (c <= State::text) dead = dead && s.columns[c]->dead;
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
    if (column) at = std::max(at, column->at);
  return at;
}

}  // namespace offprint::sources
