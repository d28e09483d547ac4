/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Institutions, patents and complexity of industries -> the marks of an innovation core.
 */
#include "analyses/clusters_core.h"

#include <math.h>

#include <okrug/numeric.h>

#include "analyses/plants.h"
#include "analyses/withheld.h"

static okrug_status room(okrug_ctx *ctx, const okrug_clusters_case *of, double **out) {
    *out = OKRUG_SCRATCH_ZERO(ctx, of->panel->regions * of->clusters + 1, double);
    return *out == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
}

static double number_or(const okrug_column *column, int64_t row, double otherwise) {
    return column == NULL ? otherwise : okrug_reason_at(column, row) == OKRUG_PRESENT ? column->number[row] : 0.0;
}

static okrug_status read_institutions(okrug_ctx *ctx, const okrug_table *table, const okrug_clusters_case *of,
                                      okrug_clusters_core *out) {
    const okrug_column *region = okrug_table_column(table, "region"), *count = okrug_table_column(table, "count");
    int64_t *place = NULL;
    OKRUG_TRY(room(ctx, of, &out->institutions));
    OKRUG_TRY(okrug_places_of(ctx, region, of->panel->regions, of->panel->region, &place));
    for (int64_t row = 0; row < table->rows; row++) {
        int64_t r = place[region->word[row]];
        for (int64_t c = 0; r >= 0 && c < of->clusters; c++) {
            out->institutions[r * of->clusters + c] += number_or(count, row, 1.0);
        }
    }
    return OKRUG_OK;
}

static okrug_status read_patents(okrug_ctx *ctx, const okrug_table *table, const okrug_clusters_case *of,
                                 okrug_clusters_core *out) {
    const okrug_column *region = okrug_table_column(table, "region"), *industry = okrug_table_column(table, "industry");
    const okrug_column *value = okrug_table_column(table, "value");
    int64_t *place = NULL, regions = of->panel->regions, untold = 0;
    OKRUG_TRY(room(ctx, of, &out->patents));
    OKRUG_TRY(room(ctx, of, &out->intensity));
    OKRUG_TRY(okrug_places_of(ctx, region, regions, of->panel->region, &place));
    for (int64_t row = 0; row < table->rows; row++) {
        int64_t r = place[region->word[row]];
        const char *code = industry == NULL ? NULL : okrug_text_at(industry, row);
        int32_t only = code == NULL ? -1 : okrug_cluster_of(of, code);
        untold += industry != NULL && code == NULL;
        for (int64_t c = 0; r >= 0 && c < of->clusters; c++) {
            out->patents[r * of->clusters + c] += industry == NULL || only == c ? number_or(value, row, 0.0) : 0.0;
        }
    }
    if (untold > 0) {
        okrug_warn(ctx, "patents-without-industry", &(okrug_place){.file = table->file}, "count",
                   okrug_text_integer(ctx, untold), (char *)NULL);
    }
    for (int64_t c = 0; c < of->clusters; c++) {
        double all = 0.0, persons = industry == NULL ? of->total : of->cluster_total[c];
        for (int64_t r = 0; r < regions; r++) { /* those of whom the persons are known, as in `persons` */
            all += industry != NULL || of->region_total[r] > 0.0 ? out->patents[r * of->clusters + c] : 0.0;
        }
        for (int64_t r = 0; r < regions; r++) {
            int64_t at = r * of->clusters + c;
            double here = industry == NULL ? of->region_total[r] : of->employment[at];
            out->intensity[at] = here > 0.0 && all > 0.0 ? out->patents[at] / here / (all / persons) : (double)NAN;
        }
    }
    return OKRUG_OK;
}

static okrug_status read_complexity(okrug_ctx *ctx, const okrug_table *table, const okrug_clusters_case *of,
                                    okrug_clusters_core *out) {
    const okrug_column *industry = okrug_table_column(table, "industry"), *pci = okrug_table_column(table, "pci");
    const okrug_panel *panel = of->panel;
    int64_t *place = NULL;
    double *persons = NULL, *of_industry = OKRUG_SCRATCH(ctx, panel->industries + 1, double);
    OKRUG_TRY(of_industry == NULL ? OKRUG_NO_MEMORY : room(ctx, of, &out->complexity));
    OKRUG_TRY(room(ctx, of, &persons));
    OKRUG_TRY(okrug_places_of(ctx, industry, panel->industries, panel->industry, &place));
    for (int64_t i = 0; i < panel->industries; i++) {
        of_industry[i] = (double)NAN;
    }
    for (int64_t row = 0; row < table->rows; row++) {
        if (place[industry->word[row]] >= 0 && okrug_reason_at(pci, row) == OKRUG_PRESENT) {
            of_industry[place[industry->word[row]]] = pci->number[row];
        }
    }
    okrug_sum all = {0}, weight = {0};
    for (int64_t k = 0; k < panel->regions * panel->industries; k++) {
        int64_t i = k % panel->industries, to = k / panel->industries * of->clusters + of->of[i];
        if (isnan(of_industry[i])) {
            continue;
        }
        okrug_sum_add(&all, of_industry[i] * of->estimate[k]);
        okrug_sum_add(&weight, of->estimate[k]);
        if (of->of[i] >= 0) {
            out->complexity[to] += of_industry[i] * of->estimate[k];
            persons[to] += of->estimate[k];
        }
    }
    out->mean_pci = okrug_sum_value(&weight) > 0.0 ? okrug_sum_value(&all) / okrug_sum_value(&weight) : (double)NAN;
    for (int64_t k = 0; k < panel->regions * of->clusters; k++) {
        out->complexity[k] = persons[k] > 0.0 ? out->complexity[k] / persons[k] : (double)NAN;
    }
    return OKRUG_OK;
}

okrug_status okrug_clusters_core_read(okrug_ctx *ctx, const okrug_table *institutions, const okrug_table *patents,
                                      const okrug_table *complexity, const okrug_clusters_case *of,
                                      okrug_clusters_core *out) {
    *out = (okrug_clusters_core){.mean_pci = (double)NAN};
    if (institutions != NULL) {
        OKRUG_TRY(read_institutions(ctx, institutions, of, out));
    }
    if (patents != NULL) {
        OKRUG_TRY(read_patents(ctx, patents, of, out));
    }
    return complexity == NULL ? OKRUG_OK : read_complexity(ctx, complexity, of, out);
}

int okrug_clusters_core_marks(const okrug_clusters_core *core, int64_t cell) {
    bool patents = core->patents != NULL && core->intensity != NULL &&
                   (core->patents[cell] == 0.0 || !isnan(core->intensity[cell]));
    return (core->institutions != NULL) + patents + (core->complexity != NULL && !isnan(core->complexity[cell]));
}

const char *okrug_clusters_core_text(const okrug_clusters_core *core, int64_t cell) {
    static const char *const names[] = {"none",
                                        "institutions",
                                        "patents",
                                        "institutions patents",
                                        "complexity",
                                        "institutions complexity",
                                        "patents complexity",
                                        "institutions patents complexity"};
    unsigned which = core->institutions != NULL && core->institutions[cell] > 0.0 ? 1 : 0;
    which += core->intensity != NULL && core->intensity[cell] >= 1.0 ? 2 : 0;
    which += core->complexity != NULL && core->complexity[cell] >= core->mean_pci ? 4 : 0;
    return okrug_clusters_core_marks(core, cell) == 0 ? NULL : names[which];
}
