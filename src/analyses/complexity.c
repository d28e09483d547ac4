/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * complexity: which regions and industries are complex, judged by who has what; how near each industry is to what a
 * region has, and what it would gain.
 */
#include <math.h>

#include "analyses/list.h"
#include "analyses/presence.h"
#include "analyses/product_space.h"
#include "analyses/result.h"

static const okrug_role value_roles[] = {OKRUG_PANEL_ROLES(OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN)};
static const okrug_input inputs[] = {
    {"input", OKRUG_SHAPE_TIDY, true, false, value_roles, OKRUG_COUNT_OF(value_roles)}};

#define COMPLEXITY_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS) OKRUG_THRESHOLD_PARAMETER(REAL)

typedef struct {
    OKRUG_PARAMETER_FIELDS(COMPLEXITY_PARAMETERS)
} complexity_parameters;
#define OKRUG_PARAMETERS complexity_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(COMPLEXITY_PARAMETERS)};

static const okrug_output_column region_columns[] = {
    {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"diversity", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "k_c = sum_p M_cp"},
    {"eci", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "(K_c - mean K) / sd K, K the second eigenvector of D^-1 M U^-1 M'"},
};
static const okrug_output_column industry_columns[] = {
    {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"ubiquity", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "k_p = sum_c M_cp"},
    {"pci", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "(Q_p - mean K) / sd K, Q = U^-1 M' K / lambda_2"},
};
static const okrug_output_column cell_columns[] = {
    {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"rca", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "(x_cp / x_c) / (x_p / x)"},
    {"density", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "sum_q M_cq phi_qp / sum_q phi_qp, q != p"},
    {"cog", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "(1 - M_cp) sum_q (1 - M_cq) phi_pq Q_q / sum_s phi_qs, in sd K"},
};
static const okrug_output_column outlook_columns[] = {
    {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"coi", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "sum_p d_cp (1 - M_cp) Q_p, standardised"},
};
enum { REGIONS, INDUSTRIES, CELLS, OUTLOOK, TABLES };
static const okrug_output outputs[] = {
    [REGIONS] = {"regions", region_columns, OKRUG_COUNT_OF(region_columns)},
    [INDUSTRIES] = {"industries", industry_columns, OKRUG_COUNT_OF(industry_columns)},
    [CELLS] = {"cells", cell_columns, OKRUG_COUNT_OF(cell_columns)},
    [OUTLOOK] = {"region-outlook", outlook_columns, OKRUG_COUNT_OF(outlook_columns)},
};

static const char *const references[] = {
    "Hidalgo, C. A., Hausmann, R. (2009). The building blocks of economic complexity. PNAS 106(26).",
    "Hausmann, R., Hidalgo, C. A., et al. (2014). The Atlas of Economic Complexity. MIT Press.",
    "Balassa, B. (1965). Trade liberalisation and 'revealed' comparative advantage. The Manchester School 33(2).",
    NULL,
};

static const okrug_grain grain[] = {OKRUG_PRESENCE_GRAIN};

static okrug_status write_regions(const okrug_panel *panel, const okrug_product_space *s, okrug_table *regions,
                                  okrug_table *outlook, int64_t *row) {
    for (int64_t r = 0; r < panel->regions; r++, (*row)++) {
        okrug_reason none = s->none != OKRUG_PRESENT ? s->none
                            : s->diversity[r] == 0.0 ? OKRUG_ZERO_TOTAL
                                                     : OKRUG_UNDEFINED;
        OKRUG_TRY(okrug_result_text(regions, 0, *row, panel->region[r]));
        OKRUG_TRY(okrug_result_text(regions, 1, *row, panel->period));
        OKRUG_TRY(okrug_set_number(regions, 2, *row, s->diversity[r]));
        OKRUG_TRY(okrug_set_number_or(regions, 3, *row, s->eci[r], none));
        OKRUG_TRY(okrug_result_text(outlook, 0, *row, panel->region[r]));
        OKRUG_TRY(okrug_result_text(outlook, 1, *row, panel->period));
        OKRUG_TRY(okrug_set_number_or(outlook, 2, *row, s->coi[r], none == OKRUG_UNDEFINED ? OKRUG_CONSTANT : none));
    }
    return OKRUG_OK;
}

static okrug_status write_industries(const okrug_panel *panel, const okrug_product_space *s, okrug_table *table,
                                     int64_t *row) {
    for (int64_t i = 0; i < panel->industries; i++, (*row)++) {
        okrug_reason none = s->none != OKRUG_PRESENT ? s->none : OKRUG_ZERO_TOTAL;
        OKRUG_TRY(okrug_result_text(table, 0, *row, panel->industry[i]));
        OKRUG_TRY(okrug_result_text(table, 1, *row, panel->period));
        OKRUG_TRY(okrug_set_number(table, 2, *row, s->ubiquity[i]));
        OKRUG_TRY(okrug_set_number_or(table, 3, *row, s->pci[i], none));
    }
    return OKRUG_OK;
}

static okrug_status write_cells(const okrug_panel *panel, const okrug_product_space *s, okrug_table *table,
                                int64_t *row) {
    int64_t n = panel->industries;
    for (int64_t c = 0; c < panel->regions * n; c++, (*row)++) {
        okrug_reason missing = (okrug_reason)panel->reason[c];
        bool known = missing == OKRUG_PRESENT || missing == OKRUG_STRUCTURAL_ZERO;
        okrug_reason none = s->none != OKRUG_PRESENT ? s->none : OKRUG_ZERO_TOTAL;
        OKRUG_TRY(okrug_result_text(table, 0, *row, panel->region[c / n]));
        OKRUG_TRY(okrug_result_text(table, 1, *row, panel->industry[c % n]));
        OKRUG_TRY(okrug_result_text(table, 2, *row, panel->period));
        OKRUG_TRY(okrug_set_number_or(table, 3, *row, known ? s->rca[c] : NAN, known ? OKRUG_ZERO_TOTAL : missing));
        OKRUG_TRY(okrug_set_number_or(table, 4, *row, s->density[c], OKRUG_UNDEFINED));
        OKRUG_TRY(okrug_set_number_or(table, 5, *row, s->cog[c], none));
    }
    return OKRUG_OK;
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const complexity_parameters *p = job->parameters;
    okrug_panels panels = {0};
    int64_t first_message = okrug_messages(ctx);
    OKRUG_TRY(okrug_panels_read(ctx, job->input[0], &panels));
    int64_t rows[TABLES] = {0};
    for (int64_t k = 0; k < panels.count; k++) {
        rows[REGIONS] += panels.panel[k].regions;
        rows[INDUSTRIES] += panels.panel[k].industries;
        rows[CELLS] += panels.panel[k].regions * panels.panel[k].industries;
    }
    rows[OUTLOOK] = rows[REGIONS];
    okrug_table *table[TABLES];
    for (int t = 0; t < TABLES; t++) {
        OKRUG_TRY(okrug_result_table(result, &outputs[t], OKRUG_UNIT_NONE, rows[t], &table[t]));
    }
    int64_t at[TABLES] = {0};
    for (int64_t k = 0; k < panels.count; k++) {
        okrug_mark mark = okrug_scratch_mark(ctx);
        okrug_product_space s = {0};
        OKRUG_TRY(okrug_presence_need(ctx, &panels.panel[k], grain, job->input[0]->file));
        OKRUG_TRY(
            okrug_product_space_of(ctx, &panels.panel[k], OKRUG_PRESENCE_RCA, p->threshold, job->input[0]->file, &s));
        OKRUG_TRY(write_regions(&panels.panel[k], &s, table[REGIONS], table[OUTLOOK], &at[REGIONS]));
        OKRUG_TRY(write_industries(&panels.panel[k], &s, table[INDUSTRIES], &at[INDUSTRIES]));
        OKRUG_TRY(write_cells(&panels.panel[k], &s, table[CELLS], &at[CELLS]));
        okrug_scratch_reset(ctx, mark);
    }
    okrug_messages_unrepeat(ctx, first_message);
    return OKRUG_OK;
}

OKRUG_ANALYSIS_WITH_GRAIN(complexity, "complexity", "O(regions * industries^2)");
