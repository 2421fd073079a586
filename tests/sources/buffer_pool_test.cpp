#include "sources/buffer_pool.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

namespace offprint::sources {
namespace {

Buffer filled(BufferPool& pool, std::size_t bytes, char with) {
  Buffer buffer;
  pool.make_room(buffer, bytes);
  buffer.append(std::string(bytes, with));
  return buffer;
}

TEST(BufferPool, GivesMemoryAgain) {
  BufferPool pool;
  Buffer first = filled(pool, 300'000, 'a');
  const char* memory = first.data();
  pool.give(first);
  EXPECT_TRUE(first.empty());
  EXPECT_LE(first.capacity(), BufferPool::smallest);
  // Another size of the same power of two; it comes empty.
  Buffer second;
  pool.make_room(second, 400'000);
  EXPECT_EQ(second.data(), memory);
  EXPECT_TRUE(second.empty());
  // It was the only one.
  Buffer third = filled(pool, 300'000, 'c');
  EXPECT_NE(third.data(), memory);
}

TEST(BufferPool, HasRoomForAllThatIsAsked) {
  BufferPool pool;
  for (const std::size_t bytes :
       {std::size_t{1}, BufferPool::smallest - 1, BufferPool::smallest, BufferPool::smallest + 1,
        std::size_t{65'536}, BufferPool::largest, BufferPool::largest + 1}) {
    for (int round = 0; round < 2; ++round) {
      Buffer buffer = filled(pool, bytes, 'x');
      EXPECT_EQ(buffer.view(), std::string(bytes, 'x'));
      pool.give(buffer);
    }
  }
}

TEST(BufferPool, KeepsOwnMemoryThatIsEnough) {
  BufferPool pool;
  Buffer buffer;
  buffer.room(100'000);
  const char* memory = buffer.data();
  pool.make_room(buffer, 90'000);
  EXPECT_EQ(buffer.data(), memory);
}

TEST(BufferPool, HoldsNoMoreThanItSays) {
  BufferPool pool;
  std::vector<Buffer> many(16);
  for (Buffer& buffer : many) pool.make_room(buffer, 4u << 20);
  for (Buffer& buffer : many) pool.give(buffer);
  std::size_t kept = 0;
  for (Buffer& buffer : many) {
    EXPECT_LE(buffer.capacity(), BufferPool::smallest);
    kept += buffer.capacity() == 0;  // its memory is in the pool
  }
  EXPECT_EQ(kept, BufferPool::most_held / (4u << 20));
  // What is larger than any class is given back.
  Buffer huge;
  huge.room(2 * BufferPool::largest + 1);
  pool.give(huge);
  EXPECT_LE(huge.capacity(), BufferPool::smallest);
}

// Few pages are large: what is left of them does not keep out the memory of the many.
TEST(BufferPool, LargeOnesMakeRoom) {
  BufferPool pool;
  std::vector<Buffer> large(3), small(8);
  for (Buffer& buffer : large) pool.make_room(buffer, BufferPool::largest);
  for (Buffer& buffer : small) pool.make_room(buffer, 1u << 20);
  for (Buffer& buffer : large) pool.give(buffer);
  for (Buffer& buffer : small) pool.give(buffer);
  for (const Buffer& buffer : small) EXPECT_EQ(buffer.capacity(), 0u);
}

// What is dropped in front is room again, whatever the order.
TEST(Buffer, DropsInFront) {
  std::string expected;
  Buffer buffer;
  std::size_t most = 0;
  for (unsigned i = 0, x = 1; i < 3000; ++i) {
    x = x * 1664525u + 1013904223u;
    const std::string bytes(x >> 22, static_cast<char>('a' + i % 26));
    buffer.append(bytes);
    expected += bytes;
    const std::size_t gone = std::min<std::size_t>(expected.size(), (x >> 12) % 1100);
    buffer.drop_front(gone);
    expected.erase(0, gone);
    ASSERT_EQ(buffer.view(), expected);
    most = std::max(most, expected.size());
  }
  EXPECT_LE(buffer.capacity(), std::max<std::size_t>(8 * most, 8192));
  buffer.clear();
  EXPECT_TRUE(buffer.empty());
  EXPECT_TRUE(buffer.has_room(buffer.capacity()));
}

TEST(BufferPool, ManyThreads) {
  BufferPool pool;
  std::vector<std::thread> threads;
  for (char with : {'a', 'b', 'c', 'd'}) {
    threads.emplace_back([&pool, with] {
      for (std::size_t i = 0; i < 200; ++i) {
        Buffer buffer = filled(pool, 20'000 + 700 * i, with);
        EXPECT_EQ(buffer.view().find_first_not_of(with), std::string_view::npos);
        pool.give(buffer);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace offprint::sources
