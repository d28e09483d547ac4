/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of indicators.
 */
#include "analyses/composite_plan.h"

#include <string.h>

static okrug_status read_direction(okrug_ctx *ctx, const okrug_table *table, int64_t row, bool *higher) {
    const char *text = okrug_text_at(okrug_table_column(table, "direction"), row);
    *higher = text != NULL && (strcmp(text, "higher") == 0 || strcmp(text, "+") == 0);
    if (*higher || (text != NULL && (strcmp(text, "lower") == 0 || strcmp(text, "-") == 0))) {
        return OKRUG_OK;
    }
    okrug_place place = okrug_table_place(table, row, "direction");
    return okrug_fail(ctx, OKRUG_BAD_INPUT, "bad-direction", &place, "value", text == NULL ? "" : text, (char *)NULL);
}

/* The row of that indicator; -1: none. */
static int64_t row_of(const okrug_table *table, const char *indicator) {
    const okrug_column *column = okrug_table_column(table, "indicator");
    for (int64_t r = 0; r < table->rows; r++) {
        if (strcmp(okrug_text_at(column, r), indicator) == 0) {
            return r;
        }
    }
    return -1;
}

static okrug_status read_row(okrug_ctx *ctx, const okrug_table *table, int64_t row, int64_t thing,
                             okrug_composite_plan *plan) {
    const okrug_column *weight = okrug_table_column(table, "weight");
    const okrug_column *group = okrug_table_column(table, "group");
    plan->group[thing] = group == NULL ? NULL : okrug_text_at(group, row);
    if (weight != NULL && okrug_reason_at(weight, row) != OKRUG_PRESENT) {
        okrug_place place = okrug_table_place(table, row, "weight");
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "weight-missing", &place, (char *)NULL);
    }
    if (weight != NULL) {
        plan->given[thing] = weight->number[row];
    }
    return read_direction(ctx, table, row, &plan->higher[thing]);
}

/* Every indicator has its values, and every one that has is described. */
static okrug_status read_rows(okrug_ctx *ctx, const okrug_table *table, const okrug_cube *cube, const char *file,
                              okrug_composite_plan *plan) {
    okrug_status status = OKRUG_OK;
    for (int64_t i = 0; i < cube->things; i++) {
        int64_t row = row_of(table, cube->thing[i]);
        okrug_status one =
            row < 0 ? okrug_fail(ctx, OKRUG_BAD_INPUT, "indicator-not-described", &(okrug_place){.file = table->file},
                                 "indicator", cube->thing[i], (char *)NULL)
                    : read_row(ctx, table, row, i, plan);
        status = one == OKRUG_OK ? status : one;
    }
    for (int64_t r = 0; r < table->rows; r++) {
        const char *name = okrug_text_at(okrug_table_column(table, "indicator"), r);
        bool known = false;
        for (int64_t i = 0; i < cube->things; i++) {
            known = known || strcmp(cube->thing[i], name) == 0;
        }
        if (!known) {
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "indicator-without-values", &(okrug_place){.file = file},
                                "indicator", name, (char *)NULL);
        }
    }
    return status;
}

static bool same_group(const char *a, const char *b) {
    return a != NULL && b != NULL && strcmp(a, b) == 0;
}

/* An indicator without a group is a group of its own. */
static void weigh_equally(int64_t m, okrug_composite_plan *plan) {
    int64_t groups = 0;
    for (int64_t i = 0; i < m; i++) {
        bool first = true;
        for (int64_t j = 0; j < i; j++) {
            first = first && !same_group(plan->group[i], plan->group[j]);
        }
        groups += first;
    }
    for (int64_t i = 0; i < m; i++) {
        int64_t members = plan->group[i] == NULL;
        for (int64_t j = 0; j < m; j++) {
            members += same_group(plan->group[i], plan->group[j]);
        }
        plan->equal[i] = 1.0 / (double)groups / (double)members;
    }
}

okrug_status okrug_composite_plan_read(okrug_ctx *ctx, const okrug_table *table, const okrug_cube *cube,
                                       const char *file, okrug_composite_plan *plan) {
    int64_t m = cube->things;
    *plan = (okrug_composite_plan){OKRUG_SCRATCH(ctx, m, bool), OKRUG_SCRATCH_ZERO(ctx, m, const char *),
                                   OKRUG_SCRATCH(ctx, m, double), OKRUG_SCRATCH_ZERO(ctx, m, double)};
    if (plan->higher == NULL || plan->group == NULL || plan->equal == NULL || plan->given == NULL) {
        return OKRUG_NO_MEMORY;
    }
    bool weighed = table != NULL && okrug_table_column(table, "weight") != NULL;
    if (table == NULL) {
        memset(plan->higher, 1, (size_t)m);
        okrug_warn(ctx, "directions-assumed", &(okrug_place){.file = file}, (char *)NULL);
    } else {
        OKRUG_TRY(read_rows(ctx, table, cube, file, plan));
    }
    double total = 0.0;
    for (int64_t i = 0; i < m; i++) {
        total += plan->given[i];
    }
    if (weighed && !(total > 0.0)) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "weights-of-nothing", &(okrug_place){.file = table->file},
                          (char *)NULL);
    }
    for (int64_t i = 0; i < m; i++) {
        plan->given[i] /= weighed ? total : 1.0;
    }
    plan->given = weighed ? plan->given : NULL;
    weigh_equally(m, plan);
    return OKRUG_OK;
}
