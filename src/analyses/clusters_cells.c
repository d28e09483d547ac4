/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What each region has of each cluster: how much, how strong, since when, with which core.
 */
#include "analyses/clusters_cells.h"

#include <math.h>

#include "analyses/result.h"

enum {
    CLUSTER,
    REGION,
    EMPLOYMENT,
    LQ,
    STARS,
    PRINCIPLES,
    PRINCIPLE_MARGIN,
    CORE,
    PRODUCTIVITY,
    DYNAMISM,
    NAME,
    PERIOD,
    STARS_OF,
    STAR_FIRST,
    SHARE = STAR_FIRST + OKRUG_STAR_KINDS,
    FOCUS,
    EMPLOYMENT_LEAST,
    EMPLOYMENT_MOST,
    WITHHELD,
    INDUSTRIES,
    GROUP,
    NUMBER,
    ENTRY,
    HELD_INSTITUTIONS,
    HELD_PATENTS,
    PATENT_INTENSITY,
    HELD_COMPLEXITY,
    CORE_OF,
    COLUMNS
};
const okrug_output_column okrug_clusters_cell_columns[OKRUG_CLUSTERS_CELL_COLUMNS] = {
    [CLUSTER] = {"cluster", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [REGION] = {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [EMPLOYMENT] =
        {"employment", OKRUG_NUMBER, OKRUG_UNIT_OWN,
         "E_rC = sum of published cells + what is left of e_r x weights of its withheld cells / all weights"},
    [LQ] = {"lq", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "(E_rC / e_r) / (e_C / e)"},
    [STARS] = {"stars", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "sum of the stars that are available"},
    [PRINCIPLES] = {"principles", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [PRINCIPLE_MARGIN] = {"principle_margin", OKRUG_NUMBER, OKRUG_UNIT_INDEX,
                          "least z of a label - largest z of what is none"},
    [CORE] = {"core", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [PRODUCTIVITY] = {"productivity", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "sum of value added (wages) / sum of E_ri"},
    [DYNAMISM] = {"dynamism", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "(E_rC(to) / E_rC(from))^(1 / (to - from)) - 1"},
    [NAME] = {"name", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [STARS_OF] = {"stars_of", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "how many stars are available"},
    [STAR_FIRST + OKRUG_STAR_SIZE] = {"star_size", OKRUG_NUMBER, OKRUG_UNIT_COUNT,
                                      "E_rC in the top 20 % (eco-2014: 10 %) of regions"},
    [STAR_FIRST + OKRUG_STAR_SPECIALISATION] = {"star_specialisation", OKRUG_NUMBER, OKRUG_UNIT_COUNT,
                                                "lq in the top 20 % (eco-2014: lq >= 2)"},
    [STAR_FIRST +
        OKRUG_STAR_FOCUS] = {"star_focus", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "eco-2014: E_rC / e_r in the top 10 %"},
    [STAR_FIRST + OKRUG_STAR_PRODUCTIVITY] = {"star_productivity", OKRUG_NUMBER, OKRUG_UNIT_COUNT,
                                              "eu-2020: productivity in the top 20 %"},
    [STAR_FIRST +
        OKRUG_STAR_DYNAMISM] = {"star_dynamism", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "eu-2020: dynamism in the top 20 %"},
    [SHARE] = {"share", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "E_rC / e_C"},
    [FOCUS] = {"share_of_region", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "E_rC / e_r"},
    [EMPLOYMENT_LEAST] = {"employment_least", OKRUG_NUMBER, OKRUG_UNIT_OWN, "min E_rC over all fillings"},
    [EMPLOYMENT_MOST] = {"employment_most", OKRUG_NUMBER, OKRUG_UNIT_OWN, "max E_rC over all fillings"},
    [WITHHELD] = {"withheld", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "cells of members without a number"},
    [INDUSTRIES] = {"industries", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "members with a published E_ri > 0"},
    [GROUP] = {"group", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [NUMBER] = {"establishments", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "N_rC: sum over members"},
    [ENTRY] = {"entry", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "(N_rC(to) / N_rC(from))^(1 / (to - from)) - 1: net"},
    [HELD_INSTITUTIONS] = {"institutions", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "those of the region"},
    [HELD_PATENTS] = {"patents", OKRUG_NUMBER, OKRUG_UNIT_COUNT,
                      "P_rC of the members; P_r of the region where industries are not told"},
    [PATENT_INTENSITY] = {"patent_intensity", OKRUG_NUMBER, OKRUG_UNIT_RATIO,
                          "(P_rC / E_rC) / (P_C / e_C); (P_r / e_r) / (P / e)"},
    [HELD_COMPLEXITY] = {"complexity", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "sum E_ri pci_i / sum E_ri over members"},
    [CORE_OF] = {"core_of", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "how many marks of a core can be told"},
};
_Static_assert((int)COLUMNS == (int)OKRUG_CLUSTERS_CELL_COLUMNS, "a name for each column");

static okrug_status write_stars(const okrug_clusters_findings *f, int64_t at, okrug_table *table, int64_t row) {
    bool small = !(f->of->employment[at] > 0.0 && f->of->employment[at] >= f->smallest);
    int stars = 0, available = 0;
    for (int s = 0; s < OKRUG_STAR_KINDS; s++) {
        int star = f->strength->star[s][at];
        stars += star == 1;
        available += star <= 1;
        OKRUG_TRY(okrug_set_number_or(table, STAR_FIRST + s, row, star <= 1 ? (double)star : (double)NAN,
                                      star == 3 ? OKRUG_NOT_APPLICABLE
                                      : small   ? OKRUG_BELOW_GRAIN
                                                : OKRUG_NO_ROW));
    }
    OKRUG_TRY(okrug_set_number_or(table, STARS, row, small ? (double)NAN : (double)stars, OKRUG_BELOW_GRAIN));
    return okrug_set_number(table, STARS_OF, row, (double)available);
}

static double cell_of(const double *values, int64_t at) {
    return values == NULL ? (double)NAN : values[at];
}

static okrug_reason no_rate(const okrug_clusters_growth *growth, int64_t at) {
    return growth->rate == NULL ? OKRUG_NO_ROW : (okrug_reason)growth->reason[at];
}

static okrug_status write_numbers(const okrug_clusters_findings *f, int64_t at, okrug_table *table, int64_t row) {
    const okrug_clusters_case *of = f->of;
    const okrug_clusters_strength *s = f->strength;
    int64_t r = at / of->clusters, c = at % of->clusters;
    const struct {
        int column;
        double value;
        okrug_reason none;
    } numbers[] = {
        {EMPLOYMENT, of->employment[at], OKRUG_UNDEFINED},
        {LQ, of->lq[at],
         of->region_reason[r] != OKRUG_PRESENT ? (okrug_reason)of->region_reason[r]
         : of->compared[c] == 0                ? OKRUG_NO_REFERENCE
                                               : OKRUG_ZERO_TOTAL},
        {PRODUCTIVITY, cell_of(s->productivity, at), OKRUG_NO_ROW},
        {DYNAMISM, cell_of(s->growth.rate, at), no_rate(&s->growth, at)},
        {SHARE, of->employment[at] / of->cluster_total[c], OKRUG_ZERO_TOTAL},
        {FOCUS, of->employment[at] / of->region_total[r], (okrug_reason)of->region_reason[r]},
        {EMPLOYMENT_LEAST, of->least[at], OKRUG_NO_BOUND},
        {EMPLOYMENT_MOST, of->most[at], OKRUG_NO_BOUND},
        {WITHHELD, of->withheld[at], OKRUG_UNDEFINED},
        {INDUSTRIES, of->industries[at], OKRUG_UNDEFINED},
        {NUMBER, cell_of(s->establishments, at), OKRUG_NO_ROW},
        {ENTRY, cell_of(s->entry.rate, at), no_rate(&s->entry, at)},
        {HELD_INSTITUTIONS, cell_of(f->core->institutions, at), OKRUG_NO_ROW},
        {HELD_PATENTS, cell_of(f->core->patents, at), OKRUG_NO_ROW},
        {PATENT_INTENSITY, cell_of(f->core->intensity, at),
         f->core->intensity == NULL ? OKRUG_NO_ROW : OKRUG_ZERO_TOTAL},
        {HELD_COMPLEXITY, cell_of(f->core->complexity, at), OKRUG_NO_ROW},
        {CORE_OF, okrug_clusters_core_marks(f->core, at), OKRUG_UNDEFINED},
    };
    for (int k = 0; k < OKRUG_COUNT_OF(numbers); k++) {
        OKRUG_TRY(okrug_set_number_or(table, numbers[k].column, row, numbers[k].value, numbers[k].none));
    }
    return OKRUG_OK;
}

static okrug_status write_cell(okrug_ctx *ctx, const okrug_clusters_findings *f, int64_t at, okrug_table *table) {
    const okrug_clusters_case *of = f->of;
    int64_t c = at % of->clusters, row = okrug_table_add_row(table, 0);
    const okrug_cluster_profile *profile = f->profile == NULL ? NULL : &f->profile[c];
    bool told = profile != NULL && profile->told;
    if (row < 0) {
        return OKRUG_NO_MEMORY;
    }
    int32_t group = f->strength->group == NULL ? 0 : f->strength->group[at];
    OKRUG_TRY(okrug_result_text(table, CLUSTER, row, of->code[c]));
    OKRUG_TRY(okrug_result_text(table, REGION, row, of->panel->region[at / of->clusters]));
    OKRUG_TRY(okrug_result_text(table, PRINCIPLES, row, told ? profile->text : NULL));
    OKRUG_TRY(okrug_set_number_or(table, PRINCIPLE_MARGIN, row, told ? profile->labels.margin : (double)NAN,
                                  told              ? OKRUG_NOT_APPLICABLE
                                  : profile == NULL ? OKRUG_NO_ROW
                                                    : OKRUG_BELOW_GRAIN));
    OKRUG_TRY(okrug_result_text(table, CORE, row, okrug_clusters_core_text(f->core, at)));
    OKRUG_TRY(okrug_result_text(table, NAME, row, of->name[c]));
    OKRUG_TRY(okrug_result_text(table, PERIOD, row, of->panel->period));
    OKRUG_TRY(okrug_result_text(table, GROUP, row, group == 0 ? NULL : okrug_text_integer(ctx, group)));
    OKRUG_TRY(write_stars(f, at, table, row));
    return write_numbers(f, at, table, row);
}

/* A region is named where it has something of the cluster, or may have. */
okrug_status okrug_clusters_write_cells(okrug_ctx *ctx, const okrug_clusters_findings *f, okrug_table *table) {
    for (int64_t c = 0; c < f->of->clusters; c++) {
        OKRUG_TRY(okrug_check_cancel(ctx));
        for (int64_t r = 0; r < f->of->panel->regions; r++) {
            int64_t at = r * f->of->clusters + c;
            if (f->of->employment[at] > 0.0 || f->of->withheld[at] > 0) {
                OKRUG_TRY(write_cell(ctx, f, at, table));
            }
        }
    }
    return OKRUG_OK;
}
