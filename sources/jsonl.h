// JSON Lines: a line's named members -> a capture.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace offprint::sources {

struct JsonColumns {
  std::string html = "html", text = "text", url = "url", date = "date", id = "id";
};

struct JsonLine {
  bool has_html = false, has_text = false;
  std::string_view bytes, url, date, id;  // valid until the next call
};

class JsonLines {
 public:
  JsonLines();
  ~JsonLines();
  // False with `problem` where the line is no object or has neither member.
  bool parse(std::string_view line, const JsonColumns& columns, JsonLine& result, std::string& problem);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace offprint::sources
