/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The list of indicators -> what each weighs in a distance.
 */
#include "analyses/structural_indicators.h"

#include <string.h>

#include <okrug/numeric.h>

static int64_t find(const okrug_cube *cube, const char *name) {
    for (int64_t i = 0; i < cube->things; i++) {
        if (cube->thing[i] != NULL && strcmp(cube->thing[i], name) == 0) {
            return i;
        }
    }
    return -1;
}

static okrug_status unknown(okrug_ctx *ctx, const okrug_place *place, const char *name) {
    return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-indicator", place, "indicator", name, (char *)NULL);
}

/* Group, weight and scale of a row of the list. */
static okrug_status describe(okrug_ctx *ctx, const okrug_table *list, int64_t row, okrug_structural_indicators *out) {
    const okrug_column *group = okrug_table_column(list, "group");
    const okrug_column *weight = okrug_table_column(list, "weight");
    const okrug_column *scale = okrug_table_column(list, "scale");
    int64_t at = out->count;
    const char *said = scale == NULL ? NULL : okrug_text_at(scale, row);
    out->group[at] = group == NULL ? NULL : okrug_text_at(group, row);
    out->weight[at] = 1.0;
    if (weight != NULL) {
        okrug_place place = okrug_table_place(list, row, "weight");
        if (okrug_reason_at(weight, row) != OKRUG_PRESENT) {
            return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-weight", &place, (char *)NULL);
        }
        out->weight[at] = weight->number[row];
    }
    out->as_given[at] = said != NULL && strcmp(said, "given") == 0;
    if (said != NULL && said[0] != '\0' && !out->as_given[at] && strcmp(said, "standard") != 0) {
        okrug_place place = okrug_table_place(list, row, "scale");
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "unknown-scale", &place, "scale", said, (char *)NULL);
    }
    return OKRUG_OK;
}

static okrug_status read_list(okrug_ctx *ctx, const okrug_table *list, const okrug_cube *cube,
                              okrug_structural_indicators *out) {
    okrug_status status = OKRUG_OK;
    for (int64_t row = 0; row < list->rows; row++) {
        const char *name = okrug_text_at(okrug_table_column(list, "indicator"), row);
        int64_t thing = find(cube, name);
        okrug_place place = okrug_table_place(list, row, "indicator");
        okrug_status one = thing < 0 ? unknown(ctx, &place, name) : describe(ctx, list, row, out);
        if (one != OKRUG_OK) {
            status = one;
            continue;
        }
        out->thing[out->count++] = thing;
    }
    return status;
}

okrug_status okrug_structural_indicators_read(okrug_ctx *ctx, const okrug_table *input, const okrug_table *list,
                                              const okrug_cube *cube, const char *outcome,
                                              okrug_structural_indicators *out) {
    int64_t most = list == NULL ? cube->things : list->rows;
    *out = (okrug_structural_indicators){.thing = OKRUG_SCRATCH(ctx, most, int64_t),
                                         .group = OKRUG_SCRATCH_ZERO(ctx, most, const char *),
                                         .weight = OKRUG_SCRATCH(ctx, most, double),
                                         .as_given = OKRUG_SCRATCH_ZERO(ctx, most, bool),
                                         .outcome = -1};
    if (out->thing == NULL || out->group == NULL || out->weight == NULL || out->as_given == NULL) {
        return OKRUG_NO_MEMORY;
    }
    if (outcome != NULL) {
        out->outcome = find(cube, outcome);
        if (out->outcome < 0) {
            return unknown(ctx, &(okrug_place){.file = input->file}, outcome);
        }
    }
    if (list != NULL) {
        return read_list(ctx, list, cube, out);
    }
    for (int64_t thing = 0; thing < cube->things; thing++) {
        if (thing != out->outcome) {
            out->weight[out->count] = 1.0;
            out->thing[out->count++] = thing;
        }
    }
    return OKRUG_OK;
}

static bool same_group(const char *a, const char *b) {
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

void okrug_structural_weights(const okrug_structural_indicators *indicators, const bool *counts, double *weight) {
    int64_t groups = 0;
    for (int64_t i = 0; i < indicators->count; i++) {
        okrug_sum sum = {0};
        bool first = counts[i] && indicators->weight[i] > 0.0;
        for (int64_t j = 0; j < indicators->count; j++) {
            bool together = counts[j] && same_group(indicators->group[i], indicators->group[j]);
            okrug_sum_add(&sum, together ? indicators->weight[j] : 0.0);
            first = first && !(together && j < i && indicators->weight[j] > 0.0);
        }
        groups += first;
        weight[i] = counts[i] && indicators->weight[i] > 0.0 ? indicators->weight[i] / okrug_sum_value(&sum) : 0.0;
    }
    for (int64_t i = 0; i < indicators->count; i++) {
        weight[i] = groups == 0 ? 0.0 : weight[i] / (double)groups;
    }
}
