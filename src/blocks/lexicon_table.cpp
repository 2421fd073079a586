// The node-token lexicon that is compiled in.
#include "blocks/boxes.h"
#include "generated/node_lexicon.h"
#include "generated/role_lexicons.h"

namespace offprint {

NodeLexicon node_lexicon() { return {generated::node_lexicon_keys,
          generated::node_lexicon_values,
          {generated::role_names_keys, generated::role_names_values},
          {generated::role_words_keys, generated::role_words_values}}; }

}  // namespace offprint
