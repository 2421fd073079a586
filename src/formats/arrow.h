// Documents -> a table, through the Arrow C data interface
// (https://arrow.apache.org/docs/format/CDataInterface.html): what pyarrow, polars, DuckDB, Ray and Spark
// take as it lies in memory, and what writers of .arrow and .parquet walk.
//
//   ArrowTable table({.blocks = true}, {{"simhash", ArrowExtra::Type::int64}});
//   table.append(document, extras);                       // copies; the document may go afterwards
//   ArrowSchema schema; arrow_schema(table.shape(), &schema);   // of every batch alike
//   ArrowArray batch;   table.finish(&batch);             // a struct array, one child a column; the table is
//   empty again … use …  batch.release(&batch); schema.release(&schema);
//
// Columns, in this order. Strings are utf8 and null where unknown, unless said otherwise; times stay ISO
// 8601, because pages give them in any precision. Lists are never null, and hold no nulls.
//
//   source        utf8, never null     path as given, or the WARC record's URI
//   url           utf8                 canonical address
//   status        utf8, never null     ok | empty | partial | failed
//   budget, error, encoding, page_type, title   utf8
//   author        list<utf8>
//   date, modified, language, site, description, image   utf8
//   text          utf8, never null     the main content, blocks parted by blank lines
//   markdown, html, xml, tei, json   utf8   each only where `formats` asks for it: what write() gives
//   blocks        list<struct<role, kind, text: utf8, level: int32, span_begin, span_end: int64 (bytes of the
//   capture),
//                 confidence: float32, content, hidden: bool, reason: utf8 (null without Options::reasons),
//                 note: utf8 (of a footnote), url, label: utf8 (of an embed)>>
//                 only where `blocks`; every block, hidden ones too
//   support       struct<asks: list<utf8>, frequencies: list<utf8>,
//                 amounts: list<struct<amount: float64, currency, frequency: utf8>>,
//                 minimum: struct<amount: float64, currency, frequency: utf8>,
//                 costs: list<struct<amount: float64, currency, per, text: utf8>>,
//                 ad_free_since, defer: utf8, methods: list<utf8>, url: utf8>   null where the page asks for
//                 none; only where `support`
//   product       struct<name: utf8, price, price_high: float64, currency, availability: utf8, rating,
//   rating_best:
//                 float64, review_count: int64, brand, sku, gtin: utf8,
//                 specification: list<struct<name, value: utf8>>>   null where the page is not that of one
//                 product; only where `product`
//   the extra columns of the caller, in its order
//
// Only these Arrow formats occur: u (utf8), i (int32), l (int64), f, g (float32, float64), b (bool), +l, +s;
// offsets are of 32 bits, since Spark takes no others, so a batch is bounded: see append(). Tested by
// tests/formats.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "offprint/document.h"
#include "offprint/offprint.h"

// As the specification gives them, and with its guard, so that other headers may bring them too.
extern "C" {
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE
#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4
struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary;
  void (*release)(struct ArrowSchema*);
  void* private_data;
};
struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};
#endif
#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE
struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
  int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
  const char* (*get_last_error)(struct ArrowArrayStream*);
  void (*release)(struct ArrowArrayStream*);
  void* private_data;
};
#endif
}

namespace offprint {

// A column that the caller adds: what a crawl knows of a page beyond its document.
struct ArrowExtra {
  enum class Type : std::uint8_t { utf8, int64, boolean };
  std::string name;
  Type type = Type::utf8;
};
struct ArrowExtraValue {
  bool known = false;  // else null
  std::string_view text;
  std::int64_t number = 0;  // of int64 and boolean
};

struct ArrowOptions {
  bool blocks = true;
  bool support = true;
  bool product = true;
  std::vector<Format> formats;  // further columns; Format::text is there anyway
  WriteOptions write;           // of those
};

// The type of a column, and of what is inside it. Children of list: one, named "item".
struct ArrowField {
  std::string name;
  char format = 'u';  // u i l f g b; L = list, S = struct
  bool nullable = true;
  std::vector<ArrowField> children;
};

// The root: a struct of all columns, as record batches are in the C data interface.
ArrowField arrow_shape(const ArrowOptions& options, std::span<const ArrowExtra> extras = {});
void arrow_schema(const ArrowField& shape, ArrowSchema* out);

class ArrowTable {
 public:
  explicit ArrowTable(ArrowOptions options, std::vector<ArrowExtra> extras = {});
  ArrowTable(ArrowTable&&) noexcept;
  ArrowTable& operator=(ArrowTable&&) noexcept;
  ~ArrowTable();

  // False where a column would pass 2^31 - 1 bytes or values: nothing was added, so finish() what is there
  // and append again; where the table is empty, the document is too large for any batch. `values`: one for
  // each extra column.
  bool append(const Document& document, std::span<const ArrowExtraValue> values = {});

  std::int64_t rows() const { return rows_; }
  std::size_t bytes() const;  // of all that was appended, roughly: to end a batch by size
  const ArrowField& shape() const { return shape_; }

  // The rows so far, and begins anew. The array owns its memory and may be released by another thread.
  void finish(ArrowArray* out);

 private:
  struct Column;
  bool fits(const Document& document, std::span<const ArrowExtraValue> values);
  void add_support(Column& column, const Support& support);
  void add_product(Column& column, const Product& product);

  ArrowOptions options_;
  std::vector<ArrowExtra> extras_;
  ArrowField shape_;
  std::vector<Column> columns_;
  std::vector<std::string> formatted_;  // of the document being appended, one for each of options_.formats
  std::int64_t rows_ = 0;
};

}  // namespace offprint
