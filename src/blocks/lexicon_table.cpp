// The lexicon of tokens that is compiled in.
#include "blocks/boxes.h"
#include "generated/token_lexicons.h"

namespace offprint {

NodeLexicon node_lexicon() {
  return {generated::name_tokens, generated::word_tokens, generated::flat_word_tokens};
}

}  // namespace offprint
