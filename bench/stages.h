// One page stage by stage, as Extractor::extract() takes it: for the programs that measure the parts.
#pragma once

#include <string>
#include <string_view>

#include "base/arena.h"
#include "base/budget.h"
#include "blocks/blocks.h"
#include "blocks/features.h"
#include "document/assemble.h"
#include "document/fields.h"
#include "document/held.h"
#include "document/hints.h"
#include "document/request.h"
#include "document/support.h"
#include "encoding/encoding.h"
#include "offprint/offprint.h"
#include "roles/roles.h"
#include "tree/tree.h"

namespace bench {

struct Stages {
  offprint::Arena arena;
  offprint::Page page, inner;
  offprint::Blocks blocks, inner_blocks;
  offprint::HeadFields head;
  offprint::Features features;
  offprint::Decisions decisions;
  offprint::ClassifyScratch scratch;
  offprint::Fields fields;
  offprint::Assembly assembly;
  offprint::Request request;
  offprint::Support support;
  offprint::DecodedText text;
  offprint::Meter meter;

  void decode(std::string_view bytes) {
    arena.reset();
    page.clear();
    head.clear();
    meter = offprint::Meter();
    text = offprint::decode(bytes, {}, arena, meter);
  }
  void parse() {
    page.clear();
    offprint::parse(page, text.utf8, {}, meter);
  }
  void read_head() { offprint::read_head(page, {}, arena, meter, head); }
  void find_blocks() { offprint::find_blocks(page, blocks, meter); }
  void prepare() {
    offprint::prepare_features(page, blocks, offprint::hints_of(head), offprint::node_lexicon(), features);
  }
  void classify() { offprint::classify(blocks, features, offprint::Favor::balance, false, arena, scratch, decisions); }
  void find_held() { offprint::add_held_content(page, head, inner, inner_blocks, blocks, decisions, arena, meter); }
  void find_request() {
    offprint::find_request(page, blocks, {scratch.net_scores}, offprint::base_of(page, {}, arena), decisions, arena, request);
  }
  void find_fields() { offprint::find_fields(page, head, blocks, decisions, arena, meter, fields); }
  void find_support() {
    support = {};
    offprint::find_support(page, blocks, decisions, request, fields.url, arena, support);
  }
  void assemble() {
    offprint::assemble(page, blocks, decisions, text, offprint::base_of(page, fields.url, arena), arena, meter, assembly);
  }
  void all(std::string_view bytes) {
    decode(bytes);
    parse();
    read_head();
    find_blocks();
    prepare();
    classify();
    find_held();
    find_request();
    find_fields();
    find_support();
    assemble();
  }
};

}  // namespace bench
