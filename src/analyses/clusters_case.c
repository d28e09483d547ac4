/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Members of clusters and a panel of industries -> clusters by region.
 */
#include "analyses/clusters_case.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include <okrug/numeric.h>
#include <okrug/withheld.h>

#include "analyses/plants.h"
#include "analyses/withheld.h"

okrug_status okrug_cluster_definitions_read(okrug_ctx *ctx, const okrug_table *definitions, okrug_clusters_case *out) {
    const okrug_column *industry = okrug_table_column(definitions, "industry");
    const okrug_column *cluster = okrug_table_column(definitions, "cluster");
    const okrug_column *name = okrug_table_column(definitions, "name");
    int32_t words = okrug_words_count(industry->words), clusters = okrug_words_count(cluster->words);
    int32_t *place = OKRUG_SCRATCH(ctx, clusters + 1, int32_t);
    out->definitions = definitions;
    out->code = OKRUG_SCRATCH(ctx, clusters + 1, const char *);
    out->members = OKRUG_SCRATCH_ZERO(ctx, clusters + 1, int64_t);
    out->cluster_of = OKRUG_SCRATCH(ctx, words + 1, int32_t);
    out->industry = OKRUG_SCRATCH_ZERO(ctx, words + 1, const char *);
    if (place == NULL || out->code == NULL || out->members == NULL || out->cluster_of == NULL ||
        out->industry == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memset(place, -1, ((size_t)clusters + 1) * sizeof *place);
    memset(out->cluster_of, -1, ((size_t)words + 1) * sizeof *out->cluster_of);
    for (int64_t row = 0; row < definitions->rows; row++) {
        int32_t of = cluster->word[row], code = industry->word[row];
        const char *called = name == NULL ? NULL : okrug_text_at(name, row);
        if (of < 0) {
            continue;
        }
        if (place[of] < 0) {
            out->code[out->clusters] = okrug_words_text(cluster->words, of);
            place[of] = (int32_t)out->clusters++;
        }
        out->cluster_of[code] = place[of];
        out->industry[code] = called != NULL ? called : okrug_words_text(industry->words, code);
        out->members[place[of]]++;
    }
    return OKRUG_OK;
}

static int32_t word_of(const okrug_clusters_case *of, const char *industry) {
    const okrug_column *column = okrug_table_column(of->definitions, "industry");
    return okrug_words_find(column->words, industry, strlen(industry));
}

int32_t okrug_cluster_of(const okrug_clusters_case *of, const char *industry) {
    int32_t word = word_of(of, industry);
    return word < 0 ? -1 : of->cluster_of[word];
}

int64_t okrug_cluster_digits(const okrug_clusters_case *of, const char **first) {
    int64_t least = INT64_MAX;
    for (int64_t i = 0; i < of->panel->industries; i++) {
        int64_t digits = 0;
        for (const char *c = of->panel->industry[i]; of->of[i] >= 0 && *c != '\0'; c++) {
            /* A byte of 128 or more belongs to a letter of another alphabet. */
            bool letter = isalpha((unsigned char)*c) || ((unsigned char)*c & 0x80U) != 0;
            digits = letter ? 0 : digits + (isdigit((unsigned char)*c) != 0);
        }
        if (of->of[i] >= 0 && digits < least) {
            least = digits;
            *first = of->panel->industry[i];
        }
    }
    return least;
}

static okrug_status match(okrug_ctx *ctx, const okrug_table *input, okrug_clusters_case *out) {
    const okrug_panel *panel = out->panel;
    int64_t outside = 0, matched = 0, named = 0;
    const char *first = NULL;
    out->of = OKRUG_SCRATCH(ctx, panel->industries + 1, int64_t);
    if (out->of == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < panel->industries; i++) {
        out->of[i] = okrug_cluster_of(out, panel->industry[i]);
        matched += out->of[i] >= 0;
        first = out->of[i] < 0 && outside++ == 0 ? panel->industry[i] : first;
    }
    for (int64_t c = 0; c < out->clusters; c++) {
        named += out->members[c];
    }
    const okrug_place place = {.file = input->file}, at = {.file = out->definitions->file};
    if (matched == 0) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "definitions-match-nothing", &at, "first",
                          panel->industries > 0 ? panel->industry[0] : "", (char *)NULL);
    }
    if (outside > 0) {
        okrug_warn(ctx, "industries-without-cluster", &place, "count", okrug_text_integer(ctx, outside), "first", first,
                   (char *)NULL);
    }
    if (matched < named) {
        okrug_warn(ctx, "members-without-rows", &at, "count", okrug_text_integer(ctx, named - matched), "of",
                   okrug_text_integer(ctx, named), (char *)NULL);
    }
    return OKRUG_OK;
}

/* ---- What is withheld -------------------------------------------------------------------------------------------- */

/* What each withheld cell weighs when what is left of its region is shared out: 1, or the persons that its industry has
 * in so large a region, or in so many establishments, on average where it is published. `rest` (regions) is the same of
 * what lies in no industry of the table. */
static okrug_status weigh(okrug_ctx *ctx, const okrug_clusters_sharing *sharing, const okrug_clusters_case *out,
                          double *weight, double *rest) {
    const okrug_panel *panel = out->panel;
    int64_t cells = panel->regions * panel->industries;
    double *of_industry = OKRUG_SCRATCH(ctx, panel->industries + 1, double), *counted = NULL, of_rest = 1.0;
    bool *known = OKRUG_SCRATCH(ctx, cells + 1, bool);
    if (of_industry == NULL || known == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t k = 0; k < cells; k++) {
        known[k] = okrug_panel_knows(panel, k);
        weight[k] = 1.0;
    }
    if (sharing->proportional) {
        const okrug_withheld matrix = {.regions = panel->regions,
                                       .industries = panel->industries,
                                       .value = panel->value,
                                       .known = known,
                                       .region_total = out->region_total};
        okrug_withheld_weights(&matrix, of_industry, &of_rest);
    }
    if (sharing->proportional && sharing->establishments != NULL) {
        OKRUG_TRY(okrug_clusters_align(ctx, sharing->establishments, panel, panel->period, &counted));
    }
    for (int64_t i = 0; counted != NULL && i < panel->industries; i++) {
        double persons = 0.0, number = 0.0;
        for (int64_t k = i; k < cells; k += panel->industries) {
            persons += known[k] && counted[k] > 0.0 ? panel->value[k] : 0.0;
            number += known[k] && counted[k] > 0.0 ? counted[k] : 0.0;
        }
        of_industry[i] =
            number > 0.0 && persons > 0.0 ? persons / number : 1.0; /* published nowhere: one person each */
    }
    for (int64_t k = 0; sharing->proportional && k < cells; k++) {
        double size = counted == NULL ? out->region_total[k / panel->industries] : counted[k];
        weight[k] = size > 0.0 ? of_industry[k % panel->industries] * size : 0.0; /* no row: NaN, nothing */
    }
    for (int64_t r = 0; r < panel->regions; r++) {
        rest[r] = sharing->whole ? 0.0 : sharing->proportional ? of_rest * out->region_total[r] : 1.0;
    }
    return OKRUG_OK;
}

/* Evenly is the mean of all ways to share out (all parts of a Dirichlet distribution with parameters 1 have the same).
 */
static okrug_status estimate(okrug_ctx *ctx, const okrug_clusters_sharing *sharing, okrug_clusters_case *out,
                             double *left) {
    const okrug_panel *panel = out->panel;
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *weight = OKRUG_SCRATCH(ctx, panel->regions * panel->industries + 1, double);
    double *rest = OKRUG_SCRATCH(ctx, panel->regions + 1, double);
    for (int64_t r = 0; r < panel->regions; r++) {
        double parts = okrug_sum_of(panel->value + r * panel->industries, panel->industries, 1);
        out->region_total[r] = out->with.totals.value != NULL && out->with.totals.reason[r] == OKRUG_PRESENT
                                   ? out->with.totals.value[r]
                                   : parts;
        left[r] = fmax(0.0, out->region_total[r] - parts);
    }
    OKRUG_TRY(weight == NULL || rest == NULL ? OKRUG_NO_MEMORY : weigh(ctx, sharing, out, weight, rest));
    for (int64_t r = 0; r < panel->regions; r++) {
        okrug_sum all = {0};
        okrug_sum_add(&all, rest[r]);
        for (int64_t k = r * panel->industries; k < (r + 1) * panel->industries; k++) {
            okrug_sum_add(&all, okrug_panel_knows(panel, k) ? 0.0 : weight[k]);
        }
        double sum = okrug_sum_value(&all);
        for (int64_t k = r * panel->industries; k < (r + 1) * panel->industries; k++) {
            bool known = okrug_panel_knows(panel, k);
            out->estimate[k] = known ? panel->value[k] : sum > 0.0 ? left[r] * weight[k] / sum : 0.0;
        }
    }
    out->total = okrug_sum_of(out->region_total, panel->regions, 1);
    okrug_scratch_reset(ctx, mark);
    return okrug_check_cancel(ctx);
}

static void add_up(const okrug_clusters_case *out, bool whole, const double *left) {
    const okrug_panel *panel = out->panel;
    for (int64_t r = 0; r < panel->regions; r++) {
        int64_t all = 0;
        for (int64_t i = 0; i < panel->industries; i++) {
            int64_t from = r * panel->industries + i, to = r * out->clusters + out->of[i];
            bool known = okrug_panel_knows(panel, from);
            all += !known;
            if (out->of[i] >= 0) {
                out->employment[to] += out->estimate[from];
                out->least[to] += panel->value[from];
                out->withheld[to] += !known;
                out->industries[to] += panel->value[from] > 0.0;
            }
        }
        for (int64_t c = 0; c < out->clusters; c++) {
            int64_t to = r * out->clusters + c;
            bool some = out->withheld[to] > 0, every = whole && out->withheld[to] == all;
            out->most[to] = some ? out->bounded ? out->least[to] + left[r] : (double)NAN : out->least[to];
            out->least[to] += some && every ? left[r] : 0.0;
        }
    }
}

static void compare(const okrug_clusters_case *out) {
    for (int64_t i = 0; i < out->panel->industries; i++) {
        if (out->of[i] >= 0 && out->with.share != NULL) {
            out->share[out->of[i]] += out->with.share[i];
        } else if (out->of[i] >= 0 && out->with.industry_total != NULL) {
            out->share[out->of[i]] += out->with.industry_total[i] / out->with.lq.total;
        }
    }
    bool given = out->with.share != NULL || out->with.industry_total != NULL;
    for (int64_t c = 0; c < out->clusters; c++) {
        out->cluster_total[c] = okrug_sum_of(out->employment + c, out->panel->regions, out->clusters);
        out->share[c] = given ? out->share[c] : out->cluster_total[c] / out->total;
    }
    for (int64_t k = 0; k < out->panel->regions * out->clusters; k++) {
        double share = out->share[k % out->clusters], region = out->region_total[k / out->clusters];
        out->lq[k] = region > 0.0 && share > 0.0 ? out->employment[k] / region / share : (double)NAN;
    }
}

/* The two largest industries, by the sum over the regions. */
static okrug_status call(okrug_ctx *ctx, const okrug_clusters_case *out) {
    double *sum = OKRUG_SCRATCH(ctx, out->panel->industries + 1, double);
    if (sum == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < out->panel->industries; i++) {
        sum[i] = okrug_sum_of(out->estimate + i, out->panel->regions, out->panel->industries);
    }
    for (int64_t c = 0; c < out->clusters; c++) {
        int64_t first = -1, second = -1;
        for (int64_t i = 0; i < out->panel->industries; i++) {
            if (out->of[i] != c) {
                continue;
            }
            if (first < 0 || sum[i] > sum[first]) {
                second = first;
                first = i;
            } else if (second < 0 || sum[i] > sum[second]) {
                second = i;
            }
        }
        const char *a = first < 0 ? NULL : out->industry[word_of(out, out->panel->industry[first])];
        const char *b = second < 0 ? NULL : out->industry[word_of(out, out->panel->industry[second])];
        out->name[c] = b == NULL || strcmp(a, b) == 0 ? a : okrug_text(ctx, "%s; %s", a, b);
    }
    return OKRUG_OK;
}

okrug_status okrug_clusters_case_read(okrug_ctx *ctx, const okrug_table *input, const okrug_panel *panel,
                                      const okrug_table *reference, const okrug_table *region_total,
                                      const okrug_clusters_sharing *sharing, okrug_clusters_case *out) {
    int64_t cells = panel->regions * out->clusters + 1;
    double **arrays[] = {&out->employment, &out->least, &out->most, &out->lq};
    out->panel = panel;
    OKRUG_TRY(match(ctx, input, out));
    OKRUG_TRY(okrug_compare(ctx, reference, region_total, panel, &out->with));
    for (int k = 0; k < OKRUG_COUNT_OF(arrays); k++) {
        *arrays[k] = OKRUG_SCRATCH_ZERO(ctx, cells, double);
        if (*arrays[k] == NULL) {
            return OKRUG_NO_MEMORY;
        }
    }
    out->withheld = OKRUG_SCRATCH_ZERO(ctx, cells, int32_t);
    out->industries = OKRUG_SCRATCH_ZERO(ctx, cells, int32_t);
    out->estimate = OKRUG_SCRATCH(ctx, panel->regions * panel->industries, double);
    out->region_total = OKRUG_SCRATCH(ctx, panel->regions, double);
    out->cluster_total = OKRUG_SCRATCH_ZERO(ctx, out->clusters + 1, double);
    out->share = OKRUG_SCRATCH_ZERO(ctx, out->clusters + 1, double);
    out->name = OKRUG_SCRATCH_ZERO(ctx, out->clusters + 1, const char *);
    double *left = OKRUG_SCRATCH(ctx, panel->regions, double);
    if (out->withheld == NULL || out->industries == NULL || out->estimate == NULL || out->region_total == NULL ||
        out->cluster_total == NULL || out->share == NULL || out->name == NULL || left == NULL) {
        return OKRUG_NO_MEMORY;
    }
    out->bounded = panel->missing == 0 || (out->with.totals.value != NULL && out->with.totals.without == 0);
    OKRUG_TRY(estimate(ctx, sharing, out, left));
    add_up(out, sharing->whole, left);
    compare(out);
    okrug_region_totals_warn(ctx, input->file, &out->with.totals);
    return call(ctx, out);
}

okrug_status okrug_clusters_align(okrug_ctx *ctx, const okrug_table *table, const okrug_panel *panel,
                                  const char *period, double **out) {
    const okrug_column *region = okrug_table_column(table, "region"), *industry = okrug_table_column(table, "industry");
    const okrug_column *when = okrug_table_column(table, "period"), *value = okrug_table_column(table, "value");
    int64_t *r = NULL, *i = NULL, cells = panel->regions * panel->industries;
    OKRUG_TRY(okrug_places_of(ctx, region, panel->regions, panel->region, &r));
    OKRUG_TRY(okrug_places_of(ctx, industry, panel->industries, panel->industry, &i));
    *out = OKRUG_SCRATCH(ctx, cells + 1, double);
    if (*out == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t c = 0; c < cells; c++) {
        (*out)[c] = (double)NAN;
    }
    for (int64_t row = 0; row < table->rows; row++) {
        int64_t a = r[region->word[row]], b = i[industry->word[row]];
        if (a >= 0 && b >= 0 && okrug_row_of_period(when, row, period) &&
            okrug_reason_at(value, row) == OKRUG_PRESENT) {
            (*out)[a * panel->industries + b] = value->number[row];
        }
    }
    return OKRUG_OK;
}
