// How often: the words and attribute values of forms.
#include "base/unicode.h"
#include "document/money.h"

namespace offprint {
namespace {

struct Period {
  std::string_view word;
  PhraseValue value;
};

}  // namespace

PhraseValue frequency_of(std::string_view text) {
  text = trim(text);
  constexpr Period words[] = {{"once", PhraseValue::once},
                              {"one-time", PhraseValue::once},
                              {"onetime", PhraseValue::once},
                              {"one_time", PhraseValue::once},
                              {"one_off", PhraseValue::once},
                              {"oneoff", PhraseValue::once},
                              {"one-off", PhraseValue::once},
                              {"single", PhraseValue::once},
                              {"just-once", PhraseValue::once},
                              {"monthly", PhraseValue::monthly},
                              {"month", PhraseValue::monthly},
                              {"month_1", PhraseValue::monthly},
                              {"recurring-monthly", PhraseValue::monthly},
                              {"annual", PhraseValue::annual},
                              {"annually", PhraseValue::annual},
                              {"yearly", PhraseValue::annual},
                              {"year", PhraseValue::annual},
                              {"weekly", PhraseValue::weekly},
                              {"week", PhraseValue::weekly}};
  for (const Period& w : words)
    if (equal_ascii_case(text, w.word)) return w.value;
  PhraseHit hits[4];
  if (text.size() > 64) return PhraseValue::none;
  const std::size_t n = find_phrases(text, bit_of(Purpose::frequency), hits);
  if (n == 0) return PhraseValue::none;
  std::size_t covered = 0;
  for (std::size_t i = 0; i < n; ++i) {
    if (hits[i].value != hits[0].value) return PhraseValue::none;
    covered += hits[i].end - hits[i].begin;
  }
  return covered * 2 >= text.size() ? hits[0].value : PhraseValue::none;
}

std::string_view name_of(PhraseValue frequency) {
  switch (frequency) {
    case PhraseValue::once:
      return "once";
    case PhraseValue::monthly:
      return "monthly";
    case PhraseValue::annual:
      return "annual";
    case PhraseValue::weekly:
      return "weekly";
    default:
      return {};
  }
}

std::string_view period_of(PhraseValue frequency) {
  switch (frequency) {
    case PhraseValue::monthly:
      return "month";
    case PhraseValue::annual:
      return "year";
    case PhraseValue::weekly:
      return "week";
    default:
      return {};
  }
}

}  // namespace offprint
