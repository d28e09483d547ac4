/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inputs -> matrices over the industries of the first one.
 */
#include "analyses/similarity_panels.h"

#include <string.h>

#include <okrug/numeric.h>

#include "analyses/by_industry.h"

const okrug_role okrug_similarity_value_roles[3] = {
    {"region", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"industry", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN},
};
const okrug_role okrug_similarity_flow_roles[3] = {
    {"from", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"to", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN},
};
const okrug_role okrug_similarity_staff_roles[3] = {
    {"industry", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"occupation", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN},
};
const okrug_role okrug_similarity_industry_roles[1] = {
    {"industry", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
};

static bool cell_known(uint8_t reason) {
    return reason == OKRUG_PRESENT || reason == OKRUG_STRUCTURAL_ZERO;
}

static okrug_status from_panel(okrug_ctx *ctx, const okrug_panel *panel, okrug_similarity_panel *out) {
    int64_t cells = panel->regions * panel->industries;
    *out = (okrug_similarity_panel){.n = panel->industries, .rows = panel->regions, .value = panel->value};
    out->reference = OKRUG_SCRATCH(ctx, panel->regions, double);
    out->known = panel->missing > 0 ? OKRUG_SCRATCH(ctx, cells, bool) : NULL;
    if (out->reference == NULL || (panel->missing > 0 && out->known == NULL)) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < panel->regions; r++) {
        out->reference[r] = okrug_sum_of(panel->value + r * panel->industries, panel->industries, 1);
    }
    for (int64_t c = 0; out->known != NULL && c < cells; c++) {
        out->known[c] = cell_known(panel->reason[c]);
    }
    return OKRUG_OK;
}

/* The distinct texts of a column, as places 0 .. count - 1 in the order in which rows name them. */
static int64_t number_rows(const okrug_table *table, const okrug_column *column, int32_t *place) {
    int64_t count = 0;
    for (int32_t w = 0; w < okrug_words_count(column->words); w++) {
        place[w] = -1;
    }
    for (int64_t r = 0; r < table->rows; r++) {
        int32_t word = column->word[r];
        if (place[word] < 0) {
            place[word] = (int32_t)count++;
        }
    }
    return count;
}

/* Rows (row role, industry, value) over the industries of `whole`; a missing cell is not known. */
static okrug_status read_over(okrug_ctx *ctx, const okrug_table *table, const char *row_role, const okrug_panel *whole,
                              okrug_similarity_panel *out) {
    const okrug_column *by = okrug_table_column(table, row_role);
    const okrug_column *value = okrug_table_column(table, "value");
    if (table->rows == 0) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-rows", &(okrug_place){.file = table->file}, (char *)NULL);
    }
    int64_t n = whole->industries;
    int64_t *column = NULL;
    int32_t *place = OKRUG_SCRATCH(ctx, okrug_words_count(by->words), int32_t);
    OKRUG_TRY(okrug_by_industry(ctx, table, "industry", whole->industry, n, false, &column));
    if (place == NULL) {
        return OKRUG_NO_MEMORY;
    }
    *out = (okrug_similarity_panel){.n = n, .rows = number_rows(table, by, place)};
    out->value = OKRUG_SCRATCH_ZERO(ctx, out->rows * n, double);
    out->known = OKRUG_SCRATCH(ctx, out->rows * n, bool);
    out->reference = OKRUG_SCRATCH_ZERO(ctx, out->rows, double);
    if (out->value == NULL || out->known == NULL || out->reference == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memset(out->known, true, (size_t)(out->rows * n) * sizeof *out->known);
    bool all = true;
    for (int64_t r = 0; r < table->rows; r++) {
        int64_t row = place[by->word[r]];
        okrug_reason reason = okrug_reason_at(value, r);
        if (reason == OKRUG_PRESENT) {
            out->reference[row] += value->number[r];
        }
        if (column[r] >= 0) {
            out->value[row * n + column[r]] = reason == OKRUG_PRESENT ? value->number[r] : 0.0;
            out->known[row * n + column[r]] = cell_known((uint8_t)reason);
            all = all && cell_known((uint8_t)reason);
        }
    }
    out->known = all ? NULL : out->known;
    return OKRUG_OK;
}

/* Each industry's shares of its own total. */
static void to_shares(okrug_similarity_panel *panel) {
    for (int64_t i = 0; i < panel->n; i++) {
        double total = okrug_similarity_total(panel, i);
        for (int64_t r = 0; r < panel->rows; r++) {
            panel->value[r * panel->n + i] = total > 0.0 ? panel->value[r * panel->n + i] / total : 0.0;
        }
    }
}

static okrug_status read_flows(okrug_ctx *ctx, const okrug_table *table, okrug_similarity_data *data) {
    int64_t n = data->whole.industries;
    int64_t *from = NULL;
    int64_t *to = NULL;
    OKRUG_TRY(okrug_by_industry(ctx, table, "from", data->whole.industry, n, false, &from));
    OKRUG_TRY(okrug_by_industry(ctx, table, "to", data->whole.industry, n, false, &to));
    data->flow = OKRUG_SCRATCH_ZERO(ctx, n * n, double);
    data->sold = OKRUG_SCRATCH_ZERO(ctx, n, double);
    data->bought = OKRUG_SCRATCH_ZERO(ctx, n, double);
    if (data->flow == NULL || data->sold == NULL || data->bought == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < table->rows; r++) {
        double flow = okrug_cell_or(table, "value", r, 0.0);
        if (from[r] >= 0) {
            data->sold[from[r]] += flow;
        }
        if (to[r] >= 0) {
            data->bought[to[r]] += flow;
        }
        if (from[r] >= 0 && to[r] >= 0) {
            data->flow[from[r] * n + to[r]] = flow;
        }
    }
    return OKRUG_OK;
}

static okrug_status read_listed(okrug_ctx *ctx, const okrug_table *table, okrug_similarity_data *data) {
    const okrug_panel *whole = &data->whole;
    data->listed = OKRUG_SCRATCH(ctx, whole->industries, bool);
    if (data->listed == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memset(data->listed, table == NULL, (size_t)whole->industries * sizeof *data->listed);
    if (table != NULL) {
        int64_t *place = NULL;
        OKRUG_TRY(okrug_by_industry(ctx, table, "industry", whole->industry, whole->industries, false, &place));
        for (int64_t r = 0; r < table->rows; r++) {
            if (place[r] >= 0) {
                data->listed[place[r]] = true;
            } else {
                data->unlisted++;
            }
        }
    }
    for (int64_t c = 0; c < whole->regions * whole->industries; c++) {
        bool counts = data->listed[c % whole->industries];
        data->cells += counts;
        data->withheld += counts && !cell_known(whole->reason[c]);
        data->rows += counts && (!cell_known(whole->reason[c]) || whole->value[c] > 0.0);
    }
    return OKRUG_OK;
}

okrug_status okrug_similarity_data_read(okrug_ctx *ctx, const okrug_table *const *input, okrug_similarity_data *data) {
    okrug_panels panels = {0};
    *data = (okrug_similarity_data){0};
    OKRUG_TRY(okrug_panels_read_values(ctx, input[OKRUG_SIMILARITY_INPUT], &panels));
    data->whole = panels.panel[0];
    OKRUG_TRY(from_panel(ctx, &data->whole, &data->employment));
    OKRUG_TRY(read_listed(ctx, input[OKRUG_SIMILARITY_INDUSTRIES], data));
    if (input[OKRUG_SIMILARITY_ESTABLISHMENTS] != NULL) {
        OKRUG_TRY(
            read_over(ctx, input[OKRUG_SIMILARITY_ESTABLISHMENTS], "region", &data->whole, &data->establishments));
    }
    if (input[OKRUG_SIMILARITY_STAFF] != NULL) {
        OKRUG_TRY(read_over(ctx, input[OKRUG_SIMILARITY_STAFF], "occupation", &data->whole, &data->staff));
        to_shares(&data->staff);
    }
    return input[OKRUG_SIMILARITY_FLOWS] != NULL ? read_flows(ctx, input[OKRUG_SIMILARITY_FLOWS], data) : OKRUG_OK;
}

okrug_status okrug_similarity_panel_take(okrug_ctx *ctx, const okrug_similarity_panel *from, int64_t n,
                                         const int64_t *take, okrug_similarity_panel *to) {
    *to = (okrug_similarity_panel){.n = n, .rows = from->rows, .reference = from->reference};
    to->value = OKRUG_SCRATCH(ctx, from->rows * n, double);
    to->known = from->known != NULL ? OKRUG_SCRATCH(ctx, from->rows * n, bool) : NULL;
    if (to->value == NULL || (from->known != NULL && to->known == NULL)) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < from->rows; r++) {
        for (int64_t k = 0; k < n; k++) {
            to->value[r * n + k] = from->value[r * from->n + take[k]];
            if (to->known != NULL) {
                to->known[r * n + k] = from->known[r * from->n + take[k]];
            }
        }
    }
    return OKRUG_OK;
}

bool okrug_similarity_varies(const okrug_similarity_panel *panel, int64_t column) {
    int64_t first = -1;
    for (int64_t r = 0; r < panel->rows; r++) {
        int64_t cell = r * panel->n + column;
        if (panel->known != NULL && !panel->known[cell]) {
            continue;
        }
        if (first >= 0 && panel->value[cell] != panel->value[first]) {
            return true;
        }
        first = cell;
    }
    return false;
}

double okrug_similarity_total(const okrug_similarity_panel *panel, int64_t column) {
    return okrug_sum_of(panel->value + column, panel->rows, panel->n);
}
