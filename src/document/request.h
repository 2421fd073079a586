// Which blocks make up a page's request for support, and what each of them is to it.
//
// The one outside interface is find_request(); tests/document/request_test.cpp tests it. The role model
// judges blocks one by one; here whole stretches are looked at: a headline between two pleas is none, a
// paragraph between two others that says "we" and "you" is one of them, a "Continue" beside the choices
// belongs to them. The roles and the text are brought to agree, so that what is in the request is not in the
// story.
#pragma once

#include <span>
#include <vector>

#include "base/arena.h"
#include "blocks/blocks.h"
#include "document/request_words.h"
#include "roles/roles.h"
#include "tree/tree.h"

namespace offprint {

// What a block is to the request.
enum class RequestPart : std::uint8_t {
  none,     // no part of it
  near,     // beside it, of a role that controls often get
  ask,      // its words
  control,  // once, monthly, amounts, "continue", methods
  defer,    // "remind me later", with the question before it
};

struct Request {
  bool present = false;
  std::vector<RequestPart> part;  // of every block, where there is a request
  SaidOfBlocks said;              // likewise
};

// `probabilities`: of the roles; may be of fewer blocks, or of none. base: what the
// page's addresses are relative to. Changes roles, and what is chosen as content, where the request asks for
// it.
void find_request(Page& page, const Blocks& blocks, RoleProbabilities probabilities, std::string_view base,
                  Decisions& decisions, Arena& arena, Request& out);

}  // namespace offprint
