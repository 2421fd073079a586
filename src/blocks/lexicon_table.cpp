// The node-token lexicon that is compiled in.
#include "blocks/boxes.h"
#include "generated/node_lexicon.h"

namespace offprint {

NodeLexicon node_lexicon() { return {generated::node_lexicon_keys, generated::node_lexicon_values}; }

}  // namespace offprint
