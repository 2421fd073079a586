// Which blocks make up the text: those that raise the expected F1 of the page's words, and the number of roles that are right.
#pragma once

#include <vector>

#include "blocks/features.h"
#include "offprint/offprint.h"
#include "roles/roles.h"

namespace offprint {

// The weight of recall against that of precision, beta squared in the F-measure: 1 for Favor::balance.
double recall_weight(Favor favor);

// Sets `chosen` from `content` (calibrated probabilities that a block's words belong to the content) and from the chances of
// the likeliest role in the text and elsewhere. training/choose.py is the same in Python.
void choose_content(const Blocks& blocks, const Features& features, double recall_weight, Decisions& decisions);

// What only screen readers are told is no part of the text, and has the role of one that is not, except where there is no other, and the headline.
void leave_out_unshown(const Blocks& blocks, Decisions& decisions);

}  // namespace offprint
