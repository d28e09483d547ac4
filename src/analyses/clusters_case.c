/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Members of clusters and a panel of industries -> clusters by region.
 */
#include "analyses/clusters_case.h"

#include <math.h>
#include <string.h>

#include <okrug/numeric.h>
#include <okrug/withheld.h>

#include "analyses/plants.h"
#include "analyses/withheld.h"

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
    for (int64_t k = 0; k < cells; k++) { /* what lies in a region without a total has no size to be set beside */
        known[k] = okrug_panel_knows(panel, k) && out->region_total[k / panel->industries] > 0.0;
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
            bool both = okrug_panel_knows(panel, k) && counted[k] > 0.0;
            persons += both ? panel->value[k] : 0.0;
            number += both ? counted[k] : 0.0;
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

/* Beyond it a total and what is known of its region do not count the same; within, the total was rounded. */
static const double ROUNDED = .01;

/* Which totals are in use. Without a table of totals a region has what is known of it; with one, quotients compare the
 * regions whose total is known and bears what is known of them, and no others: a region of which only the parts are
 * known would be in the parts and not in the whole. */
static void take_totals(okrug_ctx *ctx, const char *file, okrug_clusters_case *out, double *left) {
    const okrug_panel *panel = out->panel;
    const okrug_region_totals *given = out->with.totals.value != NULL ? &out->with.totals : NULL;
    int64_t unused = 0, unbounded = 0;
    const char *first = "", *first_unbounded = "";
    for (int64_t r = 0; r < panel->regions; r++) {
        double parts = okrug_sum_of(panel->value + r * panel->industries, panel->industries, 1);
        bool there = given != NULL && given->reason[r] == OKRUG_PRESENT, some = false;
        double total = given == NULL ? parts : there ? given->value[r] : 0.0;
        bool bears = given == NULL || (there && parts <= total * (1.0 + ROUNDED));
        for (int64_t i = 0; i < panel->industries; i++) {
            some = some || !okrug_panel_knows(panel, r * panel->industries + i);
        }
        out->bounded[r] = !some || (there && parts <= total * (1.0 + 1e-9));
        out->region_total[r] = bears ? total : 0.0;
        out->region_reason[r] = (uint8_t)(given != NULL && !there ? given->reason[r]
                                          : !bears                ? OKRUG_UNDEFINED
                                          : total > 0.0           ? OKRUG_PRESENT
                                                                  : OKRUG_ZERO_TOTAL);
        left[r] = out->bounded[r] ? fmax(0.0, total - parts) : 0.0;
        first = there && !bears && unused++ == 0 ? panel->region[r] : first;
        first_unbounded = given != NULL && !out->bounded[r] && unbounded++ == 0 ? panel->region[r] : first_unbounded;
    }
    const okrug_place place = {.file = file};
    if (unused > 0) {
        okrug_warn(ctx, "totals-not-used", &place, "count", okrug_text_integer(ctx, unused), "first", first,
                   (char *)NULL);
    }
    if (unbounded > 0) {
        okrug_warn(ctx, "withheld-without-total", &place, "count", okrug_text_integer(ctx, unbounded), "first",
                   first_unbounded, (char *)NULL);
    }
    if (given == NULL && panel->missing > 0) {
        okrug_warn(ctx, "totals-of-known-cells", &place, "count", okrug_text_integer(ctx, panel->missing),
                   (char *)NULL);
    }
}

/* Evenly is the mean of all ways to share out (all parts of a Dirichlet distribution with parameters 1 have the same).
 */
static okrug_status estimate(okrug_ctx *ctx, const okrug_clusters_sharing *sharing, okrug_clusters_case *out,
                             const double *left) {
    const okrug_panel *panel = out->panel;
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *weight = OKRUG_SCRATCH(ctx, panel->regions * panel->industries + 1, double);
    double *rest = OKRUG_SCRATCH(ctx, panel->regions + 1, double);
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
            out->most[to] = some ? out->bounded[r] ? out->least[to] + left[r] : (double)NAN : out->least[to];
            out->least[to] += some && every ? left[r] : 0.0;
        }
    }
}

/* Shares of clusters: of the reference, over the members that it has, or of the regions that have a total. What the
 * reference lacks is left out of the regions too. */
static okrug_status compare(okrug_ctx *ctx, const okrug_table *reference, okrug_clusters_case *out) {
    const okrug_panel *panel = out->panel;
    const double *given = out->with.share != NULL ? out->with.share : out->with.industry_total;
    double *persons = OKRUG_SCRATCH_ZERO(ctx, panel->regions * out->clusters + 1, double), total = 0.0;
    int64_t lacking = 0;
    const char *first = "";
    if (persons == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < panel->industries; i++) {
        okrug_reason reason = reference == NULL ? OKRUG_PRESENT : (okrug_reason)out->with.industry_reason[i];
        bool known = reason == OKRUG_PRESENT || reason == OKRUG_ZERO_TOTAL || reason == OKRUG_STRUCTURAL_ZERO;
        int64_t c = out->of[i];
        if (c < 0 || !known) {
            first = c >= 0 && lacking++ == 0 ? panel->industry[i] : first;
            continue;
        }
        out->compared[c]++;
        out->share[c] += reference == NULL ? 0.0 : out->with.share != NULL ? given[i] : given[i] / out->with.lq.total;
        for (int64_t r = 0; r < panel->regions; r++) {
            persons[r * out->clusters + c] += out->estimate[r * panel->industries + i];
        }
    }
    for (int64_t r = 0; r < panel->regions; r++) {
        total += out->region_total[r];
        for (int64_t c = 0; reference == NULL && c < out->clusters; c++) {
            out->share[c] += out->region_total[r] > 0.0 ? persons[r * out->clusters + c] : 0.0;
        }
    }
    out->total = total;
    for (int64_t c = 0; c < out->clusters; c++) {
        out->cluster_total[c] = okrug_sum_of(out->employment + c, panel->regions, out->clusters);
        out->share[c] /= reference == NULL ? total : 1.0;
    }
    for (int64_t k = 0; k < panel->regions * out->clusters; k++) {
        double share = out->share[k % out->clusters], region = out->region_total[k / out->clusters];
        out->lq[k] = region > 0.0 && share > 0.0 ? persons[k] / region / share : (double)NAN;
    }
    if (lacking > 0) {
        okrug_warn(ctx, "members-without-reference", &(okrug_place){.file = reference->file}, "count",
                   okrug_text_integer(ctx, lacking), "first", first, (char *)NULL);
    }
    return OKRUG_OK;
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
        const char *a = first < 0 ? NULL : okrug_cluster_member_name(out, out->panel->industry[first]);
        const char *b = second < 0 ? NULL : okrug_cluster_member_name(out, out->panel->industry[second]);
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
    out->compared = OKRUG_SCRATCH_ZERO(ctx, out->clusters + 1, int64_t);
    out->bounded = OKRUG_SCRATCH(ctx, panel->regions + 1, bool);
    out->region_reason = OKRUG_SCRATCH(ctx, panel->regions + 1, uint8_t);
    out->name = OKRUG_SCRATCH_ZERO(ctx, out->clusters + 1, const char *);
    double *left = OKRUG_SCRATCH(ctx, panel->regions, double);
    if (out->withheld == NULL || out->industries == NULL || out->estimate == NULL || out->region_total == NULL ||
        out->cluster_total == NULL || out->share == NULL || out->name == NULL || left == NULL ||
        out->compared == NULL || out->bounded == NULL || out->region_reason == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_region_totals_warn(ctx, input->file, &out->with.totals);
    take_totals(ctx, input->file, out, left);
    OKRUG_TRY(estimate(ctx, sharing, out, left));
    add_up(out, sharing->whole, left);
    OKRUG_TRY(compare(ctx, reference, out));
    return call(ctx, out);
}
