// Which blocks make up the text: the prefix, by falling probability, of the best expected F1.
#pragma once

#include <vector>

#include "blocks/features.h"
#include "offprint/offprint.h"
#include "roles/roles.h"

namespace offprint {

// Sets `chosen` from `content` (calibrated probabilities that a block's words belong to the content). Favor moves the
// weight of recall against precision (F-beta). training/choose.py is the same in Python.
void choose_content(const Blocks& blocks, const Features& features, Favor favor, Decisions& decisions);

}  // namespace offprint
