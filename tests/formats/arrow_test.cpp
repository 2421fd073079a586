// The table of documents, as its consumers see it: through the C structs alone. pyarrow, polars and DuckDB
// read the same in tests/python.
#include "formats/arrow.h"

#include <gtest/gtest.h>

#include <cstring>

#include "tests/formats/sample.h"

namespace offprint {
namespace {

using sample::Made;

struct Taken {
  ArrowSchema schema{};
  ArrowArray array{};
  explicit Taken(ArrowTable& table) {
    arrow_schema(table.shape(), &schema);
    table.finish(&array);
  }
  Taken(const Taken&) = delete;
  Taken& operator=(const Taken&) = delete;
  ~Taken() {
    if (schema.release != nullptr) schema.release(&schema);
    if (array.release != nullptr) array.release(&array);
  }
};

int child_of(const ArrowSchema& schema, std::string_view name) {
  for (int i = 0; i < schema.n_children; ++i)
    if (schema.children[i]->name == name) return i;
  ADD_FAILURE() << "no column " << name;
  return 0;
}
bool known(const ArrowArray& a, std::int64_t row) {
  const auto* bits = static_cast<const std::uint8_t*>(a.buffers[0]);
  return bits == nullptr || (bits[row / 8] >> row % 8 & 1) != 0;
}
std::string_view text(const ArrowArray& a, std::int64_t row) {
  const auto* offsets = static_cast<const std::int32_t*>(a.buffers[1]);
  return {static_cast<const char*>(a.buffers[2]) + offsets[row],
          static_cast<std::size_t>(offsets[row + 1] - offsets[row])};
}
std::pair<int, int> list(const ArrowArray& a, std::int64_t row) {
  const auto* offsets = static_cast<const std::int32_t*>(a.buffers[1]);
  return {offsets[row], offsets[row + 1]};
}

// All arrays have the buffers, lengths and counts of nulls that their formats call for.
void check(const ArrowSchema& schema, const ArrowArray& a, std::int64_t least) {
  const std::string_view format = schema.format;
  SCOPED_TRACE(std::string(schema.name) + " " + std::string(format));
  EXPECT_EQ(a.offset, 0);
  EXPECT_GE(a.length, least);
  EXPECT_EQ(a.n_buffers, format == "u" ? 3 : format == "+s" ? 1 : 2);
  ASSERT_EQ(a.n_children, schema.n_children);
  std::int64_t nulls = 0;
  for (std::int64_t i = 0; i < a.length; ++i) nulls += !known(a, i);
  EXPECT_EQ(nulls, a.null_count);
  if ((schema.flags & ARROW_FLAG_NULLABLE) == 0) {
    EXPECT_EQ(nulls, 0);
  }
  std::int64_t inside = format == "+s" ? a.length : 0;
  if (format == "u" || format == "+l") {
    const auto* offsets = static_cast<const std::int32_t*>(a.buffers[1]);
    EXPECT_EQ(offsets[0], 0);
    for (std::int64_t i = 0; i < a.length; ++i) EXPECT_LE(offsets[i], offsets[i + 1]);
    if (format == "+l") inside = offsets[a.length];
  }
  for (std::int64_t i = 0; i < a.n_children; ++i) {
    if (format == "+l") {
      EXPECT_EQ(a.children[i]->length, inside);
    }
    check(*schema.children[i], *a.children[i], inside);
  }
}

void fill(Made& made) {
  made.document.source = "a.html";
  made.document.title = made.keep("Ferry returns");
  made.authors.push_back("Ann");
  made.authors.push_back("Ben");
  made.body("One.");
  made.add(Role::navigation, BlockKind::list_item, "Menu").hidden = true;
}

TEST(Arrow, RowsComeThrough) {
  ArrowTable table({.blocks = true, .support = true, .formats = {Format::markdown}, .write = {}},
                   {{"offset", ArrowExtra::Type::int64}, {"seed", ArrowExtra::Type::boolean}});
  Made first, second;
  fill(first);
  second.document.source = "b.html";
  second.document.support.present = true;
  second.amounts.push_back({5, "EUR", "monthly", {}});
  second.document.support.amounts = second.amounts;
  const Property properties[] = {{"Volume", "0.9 l"}, {"Colour", ""}};
  Product& product = second.document.product;
  product.present = product.has_price = true;
  product.name = "Kettle";
  product.price = 24.5;
  product.best_rating = 5;  // of no rating
  product.specification = properties;
  const ArrowExtraValue values[] = {{true, {}, 77}, {true, {}, 1}};
  ASSERT_TRUE(table.append(first.finish(), values));
  ASSERT_TRUE(table.append(second.finish()));
  EXPECT_EQ(table.rows(), 2);
  Taken t(table);
  EXPECT_EQ(table.rows(), 0);
  ASSERT_EQ(t.array.length, 2);
  check(t.schema, t.array, 2);
  const auto column = [&](std::string_view name) -> const ArrowArray& {
    return *t.array.children[child_of(t.schema, name)];
  };
  EXPECT_EQ(text(column("source"), 1), "b.html");
  EXPECT_EQ(text(column("title"), 0), "Ferry returns");
  EXPECT_FALSE(known(column("title"), 1));
  EXPECT_TRUE(known(column("text"), 1));
  EXPECT_EQ(text(column("markdown"), 0), "# Ferry returns\n\nOne.\n");
  EXPECT_EQ(list(column("author"), 0), std::pair(0, 2));
  EXPECT_EQ(text(*column("author").children[0], 1), "Ben");
  EXPECT_EQ(list(column("blocks"), 0), std::pair(0, 2));
  EXPECT_EQ(list(column("blocks"), 1), std::pair(2, 2));
  const ArrowArray& block = *column("blocks").children[0];
  EXPECT_EQ(text(*block.children[0], 1), "navigation");
  EXPECT_EQ(text(*block.children[2], 1), "Menu");
  EXPECT_EQ(static_cast<const std::uint8_t*>(block.children[7]->buffers[1])[0] & 3, 1);  // content
  EXPECT_EQ(static_cast<const std::uint8_t*>(block.children[8]->buffers[1])[0] & 3, 2);  // hidden
  EXPECT_FALSE(known(column("support"), 0));
  EXPECT_TRUE(known(column("support"), 1));
  EXPECT_EQ(list(*column("support").children[2], 1), std::pair(0, 1));
  const ArrowArray& sold = column("product");
  EXPECT_FALSE(known(sold, 0));
  EXPECT_TRUE(known(sold, 1));
  EXPECT_EQ(text(*sold.children[0], 1), "Kettle");
  EXPECT_EQ(static_cast<const double*>(sold.children[1]->buffers[1])[1], 24.5);
  EXPECT_FALSE(known(*sold.children[2], 1));  // it is no range
  EXPECT_FALSE(known(*sold.children[6], 1));
  EXPECT_FALSE(known(*sold.children[7], 1));
  EXPECT_EQ(list(*sold.children[11], 1), std::pair(0, 2));
  EXPECT_EQ(text(*sold.children[11]->children[0]->children[1], 0), "0.9 l");
  EXPECT_EQ(static_cast<const std::int64_t*>(column("offset").buffers[1])[0], 77);
  EXPECT_FALSE(known(column("offset"), 1));
}

TEST(Arrow, NoRowsAreABatchToo) {
  ArrowTable table(ArrowOptions{});
  Taken t(table);
  EXPECT_EQ(t.array.length, 0);
  check(t.schema, t.array, 0);
}

TEST(Arrow, BeginsAnewAfterABatch) {
  ArrowTable table(ArrowOptions{});
  for (int batch = 0; batch < 3; ++batch) {
    Made made;
    fill(made);
    for (int row = 0; row <= 9 * batch; ++row) ASSERT_TRUE(table.append(made.finish()));
    Taken t(table);
    EXPECT_EQ(t.array.length, 9 * batch + 1);
    check(t.schema, t.array, t.array.length);
  }
}

TEST(Arrow, NullsAtEveryPlaceOfAByte) {
  for (int at = 0; at < 20; ++at) {
    ArrowTable table({.blocks = false, .support = false, .formats = {}, .write = {}});
    for (int row = 0; row < 20; ++row) {
      Document document;
      document.title = row == at ? "" : "t";
      ASSERT_TRUE(table.append(document));
    }
    Taken t(table);
    check(t.schema, t.array, 20);
    const ArrowArray& title = *t.array.children[child_of(t.schema, "title")];
    EXPECT_EQ(title.null_count, 1);
    EXPECT_FALSE(known(title, at));
  }
}

TEST(Arrow, InvalidBytesAreRepaired) {
  ArrowTable table(ArrowOptions{});
  Document document;
  document.source = "caf\xe9.html";
  ASSERT_TRUE(table.append(document));
  Taken t(table);
  EXPECT_EQ(text(*t.array.children[0], 0), "caf\xEF\xBF\xBD.html");
}

// A consumer may take a child away and release the rest first.
TEST(Arrow, ChildrenOutliveTheirParent) {
  ArrowTable table(ArrowOptions{});
  Made made;
  fill(made);
  ASSERT_TRUE(table.append(made.finish()));
  ArrowArray source{};
  {
    Taken t(table);
    source = *t.array.children[0];
    t.array.children[0]->release = nullptr;
  }
  EXPECT_EQ(text(source, 0), "a.html");
  source.release(&source);
  EXPECT_EQ(source.release, nullptr);
}

TEST(Arrow, WhatDoesNotFitIsRefused) {
  ArrowTable table(ArrowOptions{});
  Document document;
  document.text = {"", 0};
  ASSERT_TRUE(table.append(document));
  document.text = {"x", std::size_t{1} << 31};  // never read: only its size is looked at
  EXPECT_FALSE(table.append(document));
  EXPECT_EQ(table.rows(), 1);
}

}  // namespace
}  // namespace offprint
