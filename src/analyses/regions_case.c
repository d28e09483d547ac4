/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Splits a nation into its regions, with totals that add up to it.
 */
#include "analyses/regions_case.h"

#include <math.h>
#include <string.h>

#include <okrug/inputoutput.h>
#include <okrug/numeric.h>

#include "analyses/by_industry.h"
#include "analyses/panel.h"

enum { MOST_PLACES = 5000 };

static okrug_status read_panel(okrug_ctx *ctx, const okrug_table *table, okrug_panel *panel) {
    okrug_panels panels = {0};
    OKRUG_TRY(okrug_panels_read(ctx, table, &panels));
    *panel = panels.panel[0];
    return panels.count == 1 ? OKRUG_OK
                             : okrug_fail(ctx, OKRUG_BAD_INPUT, "one-period", &(okrug_place){.file = table->file},
                                          "count", okrug_text_integer(ctx, panels.count), (char *)NULL);
}

static int64_t find(const char *const *code, int64_t count, const char *name) {
    for (int64_t k = 0; k < count; k++) {
        if (strcmp(code[k], name) == 0) {
            return k;
        }
    }
    return -1;
}

/* The nation's output by region, in proportion to what `outputs` has. */
static okrug_status read_outputs(okrug_ctx *ctx, const okrug_table *table, okrug_regions_case *rc) {
    okrug_panel panel;
    OKRUG_TRY(read_panel(ctx, table, &panel));
    rc->regions = panel.regions;
    rc->region = panel.region;
    okrug_place file = {.file = table->file};
    if (rc->regions * rc->n > MOST_PLACES) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "multi-region-too-large", &file, "regions",
                          okrug_text_integer(ctx, rc->regions), "industries", okrug_text_integer(ctx, rc->n),
                          (char *)NULL);
    }
    rc->output = OKRUG_SCRATCH_ZERO(ctx, rc->regions * rc->n, double);
    if (rc->output == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = OKRUG_OK;
    for (int64_t i = 0; i < rc->n; i++) {
        int64_t k = find(panel.industry, panel.industries, rc->io.code[i]);
        double sum = k < 0 ? 0.0 : okrug_sum_of(panel.value + k, panel.regions, panel.industries);
        if (rc->io.output[i] > 0.0 && sum <= 0.0) {
            status =
                okrug_fail(ctx, OKRUG_BAD_INPUT, "no-regional-output", &file, "code", rc->io.code[i], (char *)NULL);
        }
        for (int64_t r = 0; r < rc->regions && sum > 0.0; r++) {
            rc->output[r * rc->n + i] = rc->io.output[i] * (panel.value[r * panel.industries + k] / sum);
        }
    }
    if (panel.missing > 0) {
        okrug_warn(ctx, "totals-of-known-cells", &file, "count", okrug_text_integer(ctx, panel.missing), (char *)NULL);
    }
    return status;
}

/* The nation's coefficients everywhere, but where a region has a table of its own. */
static okrug_status read_technology(okrug_ctx *ctx, const okrug_table *table, okrug_regions_case *rc) {
    int64_t n = rc->n, cells = n * n;
    rc->a = OKRUG_SCRATCH(ctx, rc->regions * cells, double);
    double *own = OKRUG_SCRATCH_ZERO(ctx, rc->regions * n, double); /* output in the region's table */
    bool *has = OKRUG_SCRATCH_ZERO(ctx, rc->regions, bool);
    if (rc->a == NULL || own == NULL || has == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int64_t *region = NULL, *from = NULL, *to = NULL;
    if (table != NULL) {
        OKRUG_TRY(okrug_by_industry(ctx, table, "region", rc->region, rc->regions, true, &region));
        OKRUG_TRY(okrug_by_industry(ctx, table, "from", rc->io.code, n, false, &from));
        OKRUG_TRY(okrug_by_industry(ctx, table, "to", rc->io.code, n, false, &to));
    }
    for (int64_t k = 0; table != NULL && k < table->rows; k++) {
        const char *code = okrug_text_at(okrug_table_column(table, "from"), k);
        has[region[k]] = true;
        if (to[k] >= 0 && code != NULL && strcmp(code, "output") == 0) {
            own[region[k] * n + to[k]] = okrug_cell_or(table, "value", k, 0.0);
        }
    }
    for (int64_t r = 0; r < rc->regions; r++) {
        if (has[r]) {
            memset(rc->a + r * cells, 0, (size_t)cells * sizeof *rc->a);
        } else {
            okrug_technical_coefficients(n, rc->io.flow, rc->io.output, rc->a + r * cells);
        }
    }
    for (int64_t k = 0; table != NULL && k < table->rows; k++) {
        double made = to[k] < 0 ? 0.0 : own[region[k] * n + to[k]];
        if (from[k] >= 0 && made > 0.0) {
            rc->a[region[k] * cells + from[k] * n + to[k]] = okrug_cell_or(table, "value", k, 0.0) / made;
        }
    }
    return OKRUG_OK;
}

/* Shares of each region in the nation's final demand for each good: by what `demand` says, else by output. */
static okrug_status read_demand(okrug_ctx *ctx, const okrug_table *table, const double *final, okrug_regions_case *rc) {
    okrug_panel panel = {0};
    if (table != NULL) {
        OKRUG_TRY(read_panel(ctx, table, &panel));
    }
    rc->demand = OKRUG_SCRATCH_ZERO(ctx, rc->regions * rc->n, double);
    double *weight = OKRUG_SCRATCH(ctx, rc->regions, double);
    if (rc->demand == NULL || weight == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = OKRUG_OK;
    for (int64_t i = 0; i < rc->n; i++) {
        int64_t k =
            table == NULL || panel.industry[0] == NULL ? 0 : find(panel.industry, panel.industries, rc->io.code[i]);
        for (int64_t r = 0; r < rc->regions; r++) {
            int64_t at = table == NULL ? 0 : find(panel.region, panel.regions, rc->region[r]);
            weight[r] = table == NULL     ? okrug_sum_of(rc->output + r * rc->n, rc->n, 1)
                        : at < 0 || k < 0 ? 0.0
                                          : panel.value[at * panel.industries + k];
        }
        double sum = okrug_sum_of(weight, rc->regions, 1);
        if (sum <= 0.0 && final[i] != 0.0) {
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "no-regional-demand",
                                &(okrug_place){.file = table == NULL ? NULL : table->file}, "code", rc->io.code[i],
                                (char *)NULL);
        }
        for (int64_t r = 0; r < rc->regions && sum > 0.0; r++) {
            rc->demand[r * rc->n + i] = final[i] * (weight[r] / sum);
        }
    }
    return status;
}

/* What each region sells to and buys from all, in sums that agree. */
static okrug_status sum_margins(okrug_ctx *ctx, okrug_regions_case *rc) {
    int64_t n = rc->n, regions = rc->regions, off = 0;
    okrug_status status = OKRUG_OK;
    rc->origin = OKRUG_SCRATCH(ctx, n * regions, double);
    rc->destination = OKRUG_SCRATCH(ctx, n * regions, double);
    if (rc->origin == NULL || rc->destination == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < n; i++) {
        double *o = rc->origin + i * regions, *d = rc->destination + i * regions;
        for (int64_t r = 0; r < regions; r++) {
            okrug_sum bought = {0};
            for (int64_t j = 0; j < n; j++) {
                okrug_sum_add(&bought, rc->a[(r * n + i) * n + j] * rc->output[r * n + j]);
            }
            okrug_sum_add(&bought, rc->demand[r * n + i]);
            o[r] = rc->output[r * n + i] - rc->exports[r * n + i];
            d[r] = okrug_sum_value(&bought);
            double small = 1e-9 * rc->io.output[i];
            if (o[r] < -small || d[r] < -small) {
                status = okrug_fail(ctx, OKRUG_BAD_INPUT, o[r] < -small ? "nothing-to-sell" : "nothing-to-buy", NULL,
                                    "region", rc->region[r], "code", rc->io.code[i], (char *)NULL);
            }
            o[r] = o[r] > small ? o[r] : 0.0;
            d[r] = d[r] > small ? d[r] : 0.0;
        }
        double sold = okrug_sum_of(o, regions, 1), bought = okrug_sum_of(d, regions, 1);
        off += fabs(sold - bought) > 1e-3 * fmax(sold, bought);
        for (int64_t r = 0; r < regions && bought > 0.0; r++) {
            d[r] *= sold / bought;
        }
        for (int64_t r = 0; r < regions && bought <= 0.0; r++) {
            o[r] = 0.0;
        }
    }
    if (off > 0) {
        okrug_warn(ctx, "trade-scaled", NULL, "count", okrug_text_integer(ctx, off), (char *)NULL);
    }
    return status;
}

/* ---- Distances ---- */

static okrug_status own_distances(okrug_ctx *ctx, const okrug_table *table, bool power, okrug_regions_case *rc) {
    int64_t regions = rc->regions, guessed = 0;
    okrug_status status = OKRUG_OK;
    for (int64_t r = 0; r < regions; r++) {
        double *own = &rc->cost[r * regions + r];
        double least = INFINITY;
        for (int64_t s = 0; s < regions; s++) {
            least = s != r ? fmin(least, fmin(rc->cost[r * regions + s], rc->cost[s * regions + r])) : least;
        }
        if (isinf(*own)) {
            *own = isinf(least) ? 1.0 : .5 * least;
            guessed++;
        }
        for (int64_t s = 0; s < regions; s++) {
            if (power && rc->cost[r * regions + s] == 0.0) {
                status = okrug_fail(ctx, OKRUG_BAD_INPUT, "distance-zero", &(okrug_place){.file = table->file}, "a",
                                    rc->region[r], "b", rc->region[s], (char *)NULL);
            }
        }
    }
    if (guessed > 0) {
        okrug_warn(ctx, "own-distance", &(okrug_place){.file = table->file}, "count", okrug_text_integer(ctx, guessed),
                   (char *)NULL);
    }
    return status;
}

static okrug_status read_distances(okrug_ctx *ctx, const okrug_table *table, bool power, okrug_regions_case *rc) {
    int64_t regions = rc->regions, *a = NULL, *b = NULL;
    OKRUG_TRY(okrug_by_industry(ctx, table, "a", rc->region, regions, false, &a));
    OKRUG_TRY(okrug_by_industry(ctx, table, "b", rc->region, regions, false, &b));
    rc->cost = OKRUG_SCRATCH(ctx, regions * regions, double);
    if (rc->cost == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t cell = 0; cell < regions * regions; cell++) {
        rc->cost[cell] = INFINITY;
    }
    for (int64_t k = 0; k < table->rows; k++) {
        if (a[k] >= 0 && b[k] >= 0) {
            rc->cost[a[k] * regions + b[k]] = okrug_cell_or(table, "value", k, INFINITY);
        }
    }
    for (int64_t r = 0; r < regions; r++) { /* a pair listed one way holds for both */
        for (int64_t s = 0; s < r; s++) {
            double *there = &rc->cost[r * regions + s], *back = &rc->cost[s * regions + r];
            *there = isinf(*there) ? *back : *there;
            *back = isinf(*back) ? *there : *back;
        }
    }
    return own_distances(ctx, table, power, rc);
}

/* Parts of the map between which nothing is carried: each must feed itself. */
static okrug_status check_parts(okrug_ctx *ctx, okrug_regions_case *rc) {
    int64_t regions = rc->regions, *part = OKRUG_SCRATCH(ctx, regions, int64_t), parts = 0;
    int64_t *queue = OKRUG_SCRATCH(ctx, regions, int64_t);
    if (part == NULL || queue == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < regions; r++) {
        part[r] = -1;
    }
    for (int64_t start = 0; start < regions; start++) {
        int64_t last = 0;
        if (part[start] >= 0) {
            continue;
        }
        queue[last++] = start;
        part[start] = parts;
        for (int64_t k = 0; k < last; k++) {
            for (int64_t s = 0; s < regions; s++) {
                if (part[s] < 0 && isfinite(rc->cost[queue[k] * regions + s])) {
                    part[s] = parts;
                    queue[last++] = s;
                }
            }
        }
        for (int64_t i = 0; i < rc->n; i++) {
            double sold = 0.0, bought = 0.0;
            for (int64_t k = 0; k < last; k++) {
                sold += rc->origin[i * regions + queue[k]];
                bought += rc->destination[i * regions + queue[k]];
            }
            if (fabs(sold - bought) > 1e-9 * rc->io.output[i]) {
                return okrug_fail(ctx, OKRUG_BAD_INPUT, "regions-disconnected", NULL, "region", rc->region[start],
                                  "count", okrug_text_integer(ctx, last), "code", rc->io.code[i], (char *)NULL);
            }
        }
        parts++;
    }
    return OKRUG_OK;
}

/* ---- All of it ---- */

okrug_status okrug_regions_case_read(okrug_ctx *ctx, const okrug_regions_request *request, okrug_regions_case *out) {
    *out = (okrug_regions_case){0};
    OKRUG_TRY(okrug_io_read(ctx, &request->io, &out->io));
    int64_t n = out->n = out->io.n;
    OKRUG_TRY(read_outputs(ctx, request->outputs, out));
    double *exports = OKRUG_SCRATCH_ZERO(ctx, n, double);
    double *final = OKRUG_SCRATCH(ctx, n, double);
    out->exports = OKRUG_SCRATCH(ctx, out->regions * n, double);
    if (exports == NULL || final == NULL || out->exports == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_io_vector(ctx, &out->io, request->exports, exports));
    for (int64_t i = 0; i < n; i++) {
        final[i] = out->io.output[i] - exports[i] - okrug_sum_of(out->io.flow + i * n, n, 1);
        for (int64_t r = 0; r < out->regions; r++) {
            out->exports[r * n + i] =
                out->io.output[i] == 0.0 ? 0.0 : exports[i] * (out->output[r * n + i] / out->io.output[i]);
        }
    }
    if (request->value_added->count > 0) {
        out->value_added = OKRUG_SCRATCH(ctx, n, double);
        if (out->value_added == NULL) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(okrug_io_vector(ctx, &out->io, request->value_added, out->value_added));
        for (int64_t j = 0; j < n; j++) {
            out->value_added[j] = out->io.output[j] == 0.0 ? 0.0 : out->value_added[j] / out->io.output[j];
        }
    }
    OKRUG_TRY(read_technology(ctx, request->tables, out));
    OKRUG_TRY(read_demand(ctx, request->demand, final, out));
    OKRUG_TRY(read_distances(ctx, request->distances, request->power, out));
    OKRUG_TRY(sum_margins(ctx, out));
    return check_parts(ctx, out);
}
