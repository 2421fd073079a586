#include "sources/parquet_footer.h"

#include <algorithm>

#include "sources/thrift.h"

namespace offprint::sources {
namespace {

constexpr std::string_view magic = "PAR1";
constexpr std::uint64_t most_footer = 512u << 20, most_rows = std::uint64_t{1} << 40;
enum { optional = 1, repeated = 2 };          // of parquet.thrift
enum { field_schema = 2, field_groups = 4 };  // of its FileMetaData

// The schema's tree, flattened as it is written: each element says how many children follow it.
bool read_schema(ThriftReader& r, std::vector<ParquetLeaf>& leaves) {
  struct Open {
    std::uint64_t left;
    std::string path;
    unsigned definition;
    bool in_list;
  };
  std::vector<Open> open;
  const ThriftReader::List list = r.list();
  for (std::uint64_t i = 0; i < list.size && r.good(); ++i) {
    ParquetLeaf leaf;
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

ParquetChunk read_chunk(ThriftReader& r) {
  ParquetChunk chunk;
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

bool read_list_of_groups(ThriftReader& r, const std::vector<std::size_t>& wanted,
                         std::vector<ParquetGroup>& groups, std::uint64_t& all_rows) {
  const ThriftReader::List list = r.list();
  for (std::uint64_t i = 0; i < list.size && r.good(); ++i) {
    ParquetGroup g;
    g.chunks.resize(wanted.size());
    r.begin();
    for (ThriftReader::Field f; r.next(f);) {
      if (f.id == 1 && f.type == ThriftType::list) {
        const ThriftReader::List chunks = r.list();
        for (std::uint64_t n = 0; n < chunks.size && r.good(); ++n) {
          const ParquetChunk chunk = read_chunk(r);
          for (std::size_t c = 0; c < wanted.size(); ++c)
            if (wanted[c] == n) g.chunks[c] = chunk;
        }
      } else if (f.id == 3) {
        g.rows = static_cast<std::uint64_t>(std::max<std::int64_t>(0, r.number()));
      } else {
        r.skip(f.type);
      }
    }
    g.first = all_rows;
    if (g.rows > most_rows) return false;
    all_rows += g.rows;
    groups.push_back(std::move(g));
  }
  return r.good();
}

// Goes to a list of the table of contents.
bool find_list(ThriftReader& r, int id) {
  r.begin();
  for (ThriftReader::Field f; r.next(f);) {
    if (f.id == id && f.type == ThriftType::list) return true;
    r.skip(f.type);
  }
  return false;
}

}  // namespace

bool read_footer(std::unique_ptr<Feed> file, std::string& footer, std::string& error) {
  error = "not a readable Parquet file: no footer (cut off?)";
  const std::uint64_t file_size = file->size();
  if (file_size < 12) return false;
  Window window(std::move(file));
  const std::string tail(window.at(file_size - 8, 8));
  if (tail.size() < 8 || tail.substr(4, 4) != magic) return false;
  std::uint64_t size = 0;
  for (unsigned i = 0; i < 4; ++i)
    size |= static_cast<std::uint64_t>(static_cast<unsigned char>(tail[i])) << (8 * i);
  if (size > file_size - 12 || size > most_footer) return false;
  footer = std::string(window.at(file_size - 8 - size, static_cast<std::size_t>(size))
                           .substr(0, static_cast<std::size_t>(size)));
  if (footer.size() != size) return false;
  error.clear();
  return true;
}

bool read_leaves(const std::string& footer, std::vector<ParquetLeaf>& leaves) {
  ThriftReader r(footer);
  return find_list(r, field_schema) && read_schema(r, leaves);
}

bool read_groups(const std::string& footer, const std::vector<std::size_t>& wanted,
                 std::vector<ParquetGroup>& groups, std::uint64_t& rows) {
  ThriftReader r(footer);
  return find_list(r, field_groups) && read_list_of_groups(r, wanted, groups, rows);
}

}  // namespace offprint::sources
