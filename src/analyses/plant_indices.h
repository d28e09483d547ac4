/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ellison and Glaeser's and Maurel and Sedillot's indices of the industries of a panel, and a table of what they are
 * made of.
 */
#ifndef OKRUG_ANALYSES_PLANT_INDICES_H
#define OKRUG_ANALYSES_PLANT_INDICES_H

#include "analyses/analysis.h"
#include "analyses/distribution.h"
#include "analyses/plants.h"

#define OKRUG_PLANT_COLUMNS                                                                                            \
    {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL}, {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},                    \
        {"plants", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "z_k > 0"},                                                         \
        {"plant_herfindahl", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "H = sum_k z_k^2"},                                       \
        {"raw", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "G = sum_r (s_ri - x_r)^2"},                                           \
        {"expected", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "E G = (1 - X_2) H, X_k = sum_r x_r^k"},                          \
        {"variance", OKRUG_NUMBER, OKRUG_UNIT_RATIO,                                                                   \
         "2 (H^2 (X_2 - 2 X_3 + X_2^2) - sum_k z_k^4 (X_2 - 4 X_3 + 3 X_2^2))"},                                       \
        {"z", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "(G - E G) / sqrt(variance)"},                                           \
        {"plant_herfindahl_least", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "min H over sizes that the classes allow"},         \
        {"plant_herfindahl_most", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "max H over sizes that the classes allow"},          \
        {"ellison_glaeser_least", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "least over H in its bounds"},                       \
        {"ellison_glaeser_most", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "most over H in its bounds"},                         \
        {"maurel_sedillot_least", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "least over H in its bounds"}, {                     \
        "maurel_sedillot_most", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "most over H in its bounds"                            \
    }

/* Of one period; arrays of the panel's industries. */
typedef struct {
    okrug_plant_structure structure;
    okrug_plant_concentration of;
    double scale; /* 1 - X_2 */
    bool given;   /* something is said of plants; otherwise `of` is empty */
} okrug_plant_indices;

/* Either table may be NULL. Scratch memory. Errors and warnings of okrug_plants_read, okrug_size_classes_read. */
okrug_status okrug_plant_indices_read(okrug_ctx *ctx, const okrug_table *plants, const okrug_table *classes,
                                      const okrug_panel *panel, const okrug_distribution *over,
                                      okrug_plant_indices *out);

/* Why industry i has no index; `none` is what its other indices say (OKRUG_UNDEFINED: they are there). */
okrug_reason okrug_no_plant_index(const okrug_plant_indices *p, int64_t i, okrug_reason none);

/* Writes industry i to a row of the table with the columns above. */
okrug_status okrug_plant_indices_write(const okrug_panel *panel, int64_t i, const okrug_plant_indices *p,
                                       okrug_reason none, okrug_table *table, int64_t row);

#endif
