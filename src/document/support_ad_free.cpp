// Since when there are no advertisements: a day, a month or a year.
#include <charconv>

#include "document/support_reader.h"
#include "document/words.h"

namespace offprint {
namespace {

// What begins or ends a time that goes on, folded.
constexpr std::string_view since_words[] = {"since", "from", "as of", "seit", "ab", "depuis", "depuis le", "desde", "dal", "dall", "da", "od",
                                            "с", "со", "з", "із", "від", "منذ", "自", "从", "從", "vanaf", "sinds", "sedan"};
constexpr std::string_view since_behind[] = {"beri", "itibaren", "bu yana", "から", "より", "以来", "以降", "起", "开始", "開始", "以來"};
// Between a month and its year: "mayo de 2021", "май 2021".
constexpr std::string_view of_words[] = {"de", "del", "do", "of", "von", "dell", "des"};

bool one_of(std::span<const std::string_view> words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// The last word of a text, folded; `text` ends before it then.
std::string_view take_last_word(std::string_view& text, Arena& arena) {
  std::size_t end = text.size();
  while (end > 0 && !is_word(code_point_before(text, end).value)) end -= code_point_before(text, end).size;
  std::size_t begin = end;
  while (begin > 0 && is_word(code_point_before(text, begin).value)) begin -= code_point_before(text, begin).size;
  const std::string_view word = text.substr(begin, end - begin);
  text = text.substr(0, begin);
  return word.size() > 40 ? std::string_view() : folded_words(word, arena);
}

bool begins_since(std::string_view head, Arena& arena) {
  for (const std::string_view word : {"自", "从", "從"})
    if (trim(head).ends_with(word)) return true;
  return one_of(since_words, take_last_word(head, arena));
}

// "2021'den beri", "2021年5月から": the words of Latin script stand alone ("beri", not "Liberia").
bool ends_since(std::string_view tail) {
  tail = whole_prefix(tail, 24);
  return std::any_of(std::begin(since_behind), std::end(since_behind), [&](std::string_view word) {
    for (std::size_t at = tail.find(word); at != tail.npos; at = tail.find(word, at + word.size())) {
      const std::size_t end = at + word.size();
      if (static_cast<unsigned char>(word[0]) >= 0x80) return true;
      if ((at == 0 || !is_word(code_point_before(tail, at).value)) && (end == tail.size() || !is_word(code_point_at(tail, end).value))) return true;
    }
    return false;
  });
}

bool digit_at(std::string_view text, std::size_t at) { return at < text.size() && is_digit(text[at]); }

int read_int(std::string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

struct MonthOrYear {
  int year = 0, month = 0;
};

// "since May 2021", "seit 2020", "2021年5月から"; without a word for since it is none.
MonthOrYear month_or_year(std::string_view sentence, Arena& arena) {
  int looked_at = 0;
  for (std::size_t at = 0; at + 4 <= sentence.size() && looked_at < 8; ++at) {
    if (!is_digit(sentence[at]) || (at > 0 && is_digit(sentence[at - 1]))) continue;
    if (!digit_at(sentence, at + 1) || !digit_at(sentence, at + 2) || !digit_at(sentence, at + 3) || digit_at(sentence, at + 4)) continue;
    const int year = read_int(sentence.substr(at, 4));
    if (year < 1994 || year > 2100) continue;
    ++looked_at;
    std::string_view tail = sentence.substr(at + 4);
    MonthOrYear found{.year = year};
    if (tail.starts_with("年")) {
      tail.remove_prefix(3);
      const std::size_t digits = digit_at(tail, 0) ? 1 + (digit_at(tail, 1) ? 1 : 0) : 0;
      if (digits > 0 && tail.substr(digits).starts_with("月")) {
        found.month = read_int(tail.substr(0, digits));
        tail.remove_prefix(digits + 3);
      }
      if (found.month <= 12 && (ends_since(whole_prefix(tail, 12)) || begins_since(sentence.substr(0, at), arena)))
        return found;
      continue;
    }
    std::string_view head = sentence.substr(0, at), before = head;
    std::string_view word = take_last_word(before, arena);
    if (one_of(of_words, word)) word = take_last_word(before, arena);
    found.month = month_of(word);
    if (begins_since(found.month > 0 ? before : head, arena) || ends_since(tail)) return found;
  }
  return {};
}

// A Japanese sentence denies at its end: "広告は表示していません", but "広告は表示しています".
bool denies(std::string_view sentence, std::string_view phrase) {
  if (phrase.find("広告") == phrase.npos) return true;
  const std::size_t at = static_cast<std::size_t>(phrase.data() - sentence.data());
  std::string_view rest = whole_prefix(sentence.substr(at), 120);
  if (rest.find("を") == rest.npos && rest.find("は") == rest.npos) return true;  // "広告なし"
  for (const std::string_view word : {"ません", "ない", "なく", "なし", "ずに", "停止", "中止", "廃止", "終了", "撤去", "削除", "外し", "外す", "やめ", "止め", "無効", "オフ", "断り", "非表示", "ゼロ"})
    if (rest.find(word) != rest.npos) return true;
  return false;
}

}  // namespace

// "Since July 1, 2024, we have disabled all ads": the date in the sentence that says so.
void SupportReader::read_ad_free(std::string_view words) {
  PhraseHit hits[8];
  const std::size_t n = find_phrases(words, bit_of(Purpose::ad_free), hits);
  for (std::size_t k = 0; k < n && ad_free_since.empty(); ++k) {
    const std::string_view sentence = sentence_at(words, hits[k].begin);
    if (!denies(sentence, words.substr(hits[k].begin, hits[k].end - hits[k].begin))) continue;
    FoundDate dates[4];
    const std::size_t found = find_dates(sentence, {}, order, dates);
    for (std::size_t d = 0; d < found && ad_free_since.empty(); ++d) {
      Date day = dates[d].date;
      if (!day.known()) continue;
      day.hour = -1;
      ad_free_since = format_date(day, arena);
    }
    if (!ad_free_since.empty()) return;
    const MonthOrYear m = month_or_year(sentence, arena);
    if (m.year == 0) continue;
    char text[8];
    char* at = std::to_chars(text, text + 4, m.year).ptr;
    if (m.month > 0) {
      *at++ = '-';
      *at++ = static_cast<char>('0' + m.month / 10);
      *at++ = static_cast<char>('0' + m.month % 10);
    }
    ad_free_since = arena.copy(std::string_view(text, static_cast<std::size_t>(at - text)));
  }
}

}  // namespace offprint
