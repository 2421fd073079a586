#include "sources/buffer_pool.h"

#include <gtest/gtest.h>

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
