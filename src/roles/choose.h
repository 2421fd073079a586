// Which blocks make up the text: the prefix, by falling probability, of the best expected F1.
#pragma once

#include <vector>

#include "blocks/features.h"
#include "offprint/offprint.h"
#include "roles/roles.h"

namespace offprint {

// The weight of recall against that of precision, beta squared in the F-measure: 1 for Favor::balance.
double recall_weight(Favor favor);

// Sets `chosen` from `content` (calibrated probabilities that a block's words belong to the content).
// training/choose.py is the same in Python.
void choose_content(const Blocks& blocks, const Features& features, double recall_weight, Decisions& decisions);

}  // namespace offprint
