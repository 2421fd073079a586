// The finder of a page's request for support, which find_request() runs once: its state, and its steps, a file a group. Nothing
// outside of request*.cpp includes this.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/unicode.h"
#include "blocks/blocks.h"
#include "document/request.h"
#include "document/request_others.h"
#include "document/request_roles.h"
#include "document/request_words.h"
#include "roles/roles.h"
#include "tree/tree.h"

namespace offprint {

class RequestFinder {
 public:
  RequestFinder(Page& page, const Blocks& blocks, RoleProbabilities probabilities, std::string_view base,
                Decisions& decisions, Arena& arena, Request& out)
      : page_(page),
        blocks_(blocks),
        probabilities_(probabilities),
        base_(base),
        decisions_(decisions),
        arena_(arena),
        out_(out),
        part_(out.part) {}

  void run() {
    find();
    if (out_.present) {
      spread();
      agree_with_request(blocks_, probabilities_, part_, out_.said, decisions_);
      return;
    }
    // A lone link to give by, in a menu or a footer, has a role of its own, but a reading copy should still know of it.
    if (blocks_.flat) return give_back();
    by_chance_ = true;
    find();
    if (!out_.present) return;
    spread();
    leave_story();
  }

 private:
  // Of flattened text without a request: a story on donations keeps the paragraphs that the model took for one's.
  void give_back();

  // A paragraph amid the story that plainly asks, and nothing else, is none of the story.
  void leave_story();

  // request.cpp: the clusters, and which of them ask.
  void find();

  Page& page_;
  const Blocks& blocks_;
  RoleProbabilities probabilities_;
  std::string_view base_;
  Decisions& decisions_;
  Arena& arena_;
  Request& out_;
  std::vector<RequestPart>& part_;
  std::vector<bool> kept_;
  NodeId story_ = no_node;
  bool story_known_ = false;
  bool by_chance_ = false;  // blocks begin a request that are likely, not likeliest, to be of one

  Role role(std::size_t i) const { return decisions_.of_block[i].role; }
  std::string_view text(std::size_t i) const { return trim(blocks_.blocks[i].text); }
  bool usable(std::size_t i) const {
    const Hidden h = blocks_.blocks[i].hidden;
    return h != Hidden::noscript && h != Hidden::template_ && !text(i).empty();
  }
  bool seed(std::size_t i) const {
    const bool likely = by_chance_ ? chance(i) >= good_chance : role(i) == Role::appeal || role(i) == Role::contribution;
    return likely && usable(i);
  }
  // Of being of a request.
  float chance(std::size_t i) const {
    return probabilities_.known(i) ? probabilities_.of(i, Role::appeal) + probabilities_.of(i, Role::contribution) : 0.0f;
  }
  // The first seed from block i on, or the number of blocks. Most pages have none: by chance they are passed over a tile at once.
  std::size_t next_seed(std::size_t i) const;
  const Said& said(std::size_t i) { return out_.said.of(blocks_, i); }
  bool taken(std::size_t i) const { return i < part_.size() && part_[i] != RequestPart::none; }

  // The next block that is shown, or the number of blocks.
  std::size_t next(std::size_t i) const;
  std::size_t before(std::size_t i) const;

  // What a block that the model counts to the request is; none where its words say nothing of one and it does
  // not even end as a sentence would: a headline, a name, a credit, a tag.
  RequestPart by_words(std::size_t i);
  // "Dear readers,", "Дорогие читатели!", "亲爱的读者：": no label ends so.
  bool greets(std::size_t i);
  // Whether a paragraph of the request follows, which a line may head.
  bool heads_ask(std::size_t i);
  // Whether its words alone show it: "you" in a headline does not.
  bool sure(std::size_t i);
  // What the model is sure of, though its words could be a story's, or anybody's.
  bool likely(std::size_t i);

  void judge(std::size_t first, std::size_t last);

  // Blocks whose words show nothing of a request stay only where they stand between two blocks of it, or next
  // to one where the model is sure.
  void trim_ends(std::size_t first, std::size_t last);
  void drop(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) part_[i] = RequestPart::none;
  }

  // Blocks between two of the request that the model took for something else.
  void fill(std::size_t first, std::size_t last);
  RequestPart between(std::size_t i, bool between_asks);

  // A reader's words among comments; or "Advertisement", and nobody below says "we".
  bool of_others(std::size_t first, std::size_t last);
  // Under "2 comments", of flattened text.
  bool below_comments(std::size_t i);
  // "Support local journalism", over what sells access.
  bool heads_sale(std::size_t i);

  // Whether anything in a cluster plainly asks.
  bool asks(std::size_t first, std::size_t last);

  // Part of the text, as far as anything tells: in flattened text nothing does.
  bool in_story(std::size_t i, std::size_t beside);
  // Whether two blocks stand in an element that holds none of the story: a box of its own.
  bool boxed(std::size_t i, std::size_t other);
  // A block of the story: the longest of the text that says nothing of support.
  void find_story();

  // request_around.cpp: what stands right before and behind the cluster and belongs to it.
  void widen(std::size_t first, std::size_t last);
  // "Not ready to give today?", before "Remind me later".
  bool puts_off_next(std::size_t i);
  RequestPart outside(std::size_t i, std::size_t neighbour, bool above);
  // Without markup the model takes a notice about advertisements for a headline or a name.
  bool weak_notice(std::size_t i) { return blocks_.flat && said(i).hits.has(Purpose::ad_free) && !surely_foreign(i); }
  bool surely_foreign(std::size_t i) const { return is_foreign(role(i)) && decisions_.of_block[i].confidence >= 0.5f; }
  // "A letter from the editors", before "Dear readers,".
  bool opens_letter(std::size_t i);

  // "If you can, support us.", or a choice below it: a request begins there, whatever box stands before.
  bool below_plea(std::size_t i);
  // In a box that has controls and a "not now" of its own: the model is sure of it, or words there say so.
  bool alien(std::size_t i);
  // Controls often get another role than contribution: those beside the request are marked as near.
  void spread();

  static constexpr float good_chance = 0.1f;  // words decide what becomes of it
  static constexpr std::size_t reach = 4;     // blocks between two of the same cluster
  static constexpr std::size_t gap_asked = 3;  // blocks in a row that may be taken for words of the request though the model did not
};

}  // namespace offprint
