#include "share.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace offprint::python {
namespace {

// An export of a whole array: the same buffers, children of its own since a consumer may take them away.
struct Export {
  std::shared_ptr<ArrowArray> owner;
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> pointers;
};

void release_export(ArrowArray* array) {
  auto* memory = static_cast<Export*>(array->private_data);
  for (ArrowArray& child : memory->children)
    if (child.release != nullptr) child.release(&child);
  array->release = nullptr;
  delete memory;
}

// The depth is that of our own columns.
void export_array(const ArrowArray& from, const std::shared_ptr<ArrowArray>& owner, ArrowArray* out) {
  auto memory = std::make_unique<Export>();
  memory->owner = owner;
  const auto n = static_cast<std::size_t>(from.n_children);
  memory->children.resize(n);
  memory->pointers.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    export_array(*from.children[i], owner, &memory->children[i]);
    memory->pointers[i] = &memory->children[i];
  }
  *out = from;
  out->children = n == 0 ? nullptr : memory->pointers.data();
  out->release = release_export;
  out->private_data = memory.release();
}

struct Arrays {
  ArrowField shape;
  std::vector<SharedArray> arrays;
  std::size_t next = 0;
};
Arrays& of(ArrowArrayStream* stream) {
  return *static_cast<Arrays*>(stream->private_data);
}

}  // namespace

SharedArray::SharedArray(ArrowArray&& array) {
  array_ = std::shared_ptr<ArrowArray>(new ArrowArray(array), [](ArrowArray* a) {
    if (a->release != nullptr) a->release(a);
    delete a;
  });
  array.release = nullptr;
}

void SharedArray::share(ArrowArray* out) const {
  export_array(*array_, array_, out);
}

void share_stream(ArrowField shape, std::vector<SharedArray> arrays, ArrowArrayStream* out) {
  *out = {};
  out->private_data = new Arrays{std::move(shape), std::move(arrays), 0};
  out->get_schema = [](ArrowArrayStream* stream, ArrowSchema* schema) {
    arrow_schema(of(stream).shape, schema);
    return 0;
  };
  out->get_next = [](ArrowArrayStream* stream, ArrowArray* array) {
    Arrays& all = of(stream);
    if (all.next == all.arrays.size())
      *array = {};
    else
      all.arrays[all.next++].share(array);
    return 0;
  };
  out->get_last_error = [](ArrowArrayStream*) -> const char* { return nullptr; };
  out->release = [](ArrowArrayStream* stream) {
    delete &of(stream);
    stream->release = nullptr;
  };
}

Column::~Column() {
  for (Chunk& chunk : chunks_)
    if (chunk.array.release != nullptr) chunk.array.release(&chunk.array);
}

bool Column::take(ArrowSchema* schema, ArrowArray* array, std::string& type) {
  type = schema->format;
  const bool dictionary = schema->dictionary != nullptr;
  if (schema->release != nullptr) schema->release(schema);
  Chunk chunk;
  chunk.array = *array;
  array->release = nullptr;
  chunk.begin = size_;
  size_ += chunk.array.length;
  chunk.kind = type == "u" || type == "z"     ? 'u'
               : type == "U" || type == "Z"   ? 'U'
               : type == "vu" || type == "vz" ? 'v'
                                              : '?';
  chunks_.push_back(chunk);  // owned from here on, usable or not
  return chunk.kind != '?' && !dictionary;
}

bool Column::take(ArrowArrayStream* stream, std::string& why) {
  const auto problem = [&] {
    const char* said = stream->get_last_error(stream);
    why = said != nullptr ? said : "the stream failed";
  };
  bool good = true;
  while (good) {
    ArrowArray array{};
    if (stream->get_next(stream, &array) != 0) {
      problem();
      good = false;
    } else if (array.release == nullptr) {
      break;
    } else {
      ArrowSchema schema{};
      if (stream->get_schema(stream, &schema) != 0) {
        array.release(&array);
        problem();
        good = false;
      } else if (!take(&schema, &array, why)) {
        good = false;
      }
    }
  }
  stream->release(stream);
  return good;
}

bool Column::at(std::int64_t row, std::string_view& value) const {
  const auto behind = std::upper_bound(chunks_.begin(), chunks_.end(), row,
                                       [](std::int64_t r, const Chunk& chunk) { return r < chunk.begin; });
  const Chunk& chunk = *std::prev(behind);
  const ArrowArray& a = chunk.array;
  const std::int64_t i = row - chunk.begin + a.offset;
  const auto* valid = static_cast<const std::uint8_t*>(a.buffers[0]);
  if (valid != nullptr && (valid[i / 8] >> i % 8 & 1) == 0) return false;
  if (chunk.kind == 'v') {
    struct View {
      std::int32_t size;
      char start[4];  // or, of up to 12 bytes, all of them
      std::int32_t buffer, offset;
    };
    const View& view = static_cast<const View*>(a.buffers[1])[i];
    const auto size = static_cast<std::size_t>(view.size);
    value = view.size <= 12
                ? std::string_view(view.start, size)
                : std::string_view(static_cast<const char*>(a.buffers[2 + view.buffer]) + view.offset, size);
    return true;
  }
  std::int64_t begin = 0, end = 0;
  if (chunk.kind == 'u') {
    begin = static_cast<const std::int32_t*>(a.buffers[1])[i];
    end = static_cast<const std::int32_t*>(a.buffers[1])[i + 1];
  } else {
    begin = static_cast<const std::int64_t*>(a.buffers[1])[i];
    end = static_cast<const std::int64_t*>(a.buffers[1])[i + 1];
  }
  value = {static_cast<const char*>(a.buffers[2]) + begin, static_cast<std::size_t>(end - begin)};
  return true;
}

}  // namespace offprint::python
