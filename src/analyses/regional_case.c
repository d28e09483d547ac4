/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A region beside its nation.
 */
#include "analyses/regional_case.h"

#include <math.h>
#include <string.h>

#include "analyses/panel.h"

/* ---- The region beside the nation ---- */

static okrug_status find_region(okrug_ctx *ctx, const okrug_panel *panel, const char *region, const char *file,
                                int64_t *place) {
    for (*place = 0; *place < panel->regions; (*place)++) {
        if (strcmp(panel->region[*place], region) == 0) {
            return OKRUG_OK;
        }
    }
    return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-region", &(okrug_place){.file = file}, "region", region, (char *)NULL);
}

/* Employment of the region and of all regions together, in the order of the table's industries. */
static okrug_status read_employment(okrug_ctx *ctx, const okrug_panel *panel, int64_t region, const char *file,
                                    okrug_regional_case *rc) {
    okrug_status status = OKRUG_OK;
    for (int64_t i = 0; i < rc->io.n; i++) {
        int64_t k = 0;
        while (k < panel->industries && strcmp(panel->industry[k], rc->io.code[i]) != 0) {
            k++;
        }
        int64_t cell = region * panel->industries + k;
        if (k == panel->industries ||
            (panel->reason[cell] != OKRUG_PRESENT && panel->reason[cell] != OKRUG_STRUCTURAL_ZERO)) {
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "no-employment", &(okrug_place){.file = file}, "code",
                                rc->io.code[i], (char *)NULL);
            continue;
        }
        rc->region[i] = panel->value[cell];
        for (int64_t r = 0; r < panel->regions; r++) {
            rc->nation[i] += panel->value[r * panel->industries + k];
        }
    }
    return status;
}

static okrug_status read_value_added(okrug_ctx *ctx, const okrug_texts *names, okrug_regional_case *rc) {
    if (names->count == 0) {
        return OKRUG_OK;
    }
    rc->value_added = OKRUG_SCRATCH(ctx, rc->io.n, double);
    if (rc->value_added == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_io_vector(ctx, &rc->io, names, rc->value_added));
    for (int64_t j = 0; j < rc->io.n; j++) {
        rc->value_added[j] = rc->io.output[j] == 0.0 ? 0.0 : rc->value_added[j] / rc->io.output[j];
    }
    return OKRUG_OK;
}

okrug_status okrug_regional_case_read(okrug_ctx *ctx, const okrug_io_request *request, const okrug_texts *value_added,
                                      const okrug_table *employment, const char *region, const okrug_grain *grain,
                                      okrug_regional_case *rc) {
    *rc = (okrug_regional_case){0};
    OKRUG_TRY(okrug_io_read(ctx, request, &rc->io));
    int64_t n = rc->io.n;
    rc->region = OKRUG_SCRATCH_ZERO(ctx, n, double);
    rc->nation = OKRUG_SCRATCH_ZERO(ctx, n, double);
    rc->a = OKRUG_SCRATCH(ctx, n * n, double);
    if (rc->region == NULL || rc->nation == NULL || rc->a == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_technical_coefficients(n, rc->io.flow, rc->io.output, rc->a);
    OKRUG_TRY(read_value_added(ctx, value_added, rc));
    okrug_panels panels = {0};
    OKRUG_TRY(okrug_panels_read(ctx, employment, &panels));
    if (panels.count != 1) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "one-period", &(okrug_place){.file = employment->file}, "count",
                          okrug_text_integer(ctx, panels.count), (char *)NULL);
    }
    OKRUG_TRY(okrug_grain_need(ctx, grain, (double)panels.panel[0].regions, &(okrug_place){.file = employment->file}));
    int64_t place = 0;
    OKRUG_TRY(find_region(ctx, &panels.panel[0], region, employment->file, &place));
    if (panels.panel[0].missing > 0) {
        okrug_warn(ctx, "totals-of-known-cells", &(okrug_place){.file = employment->file}, "count",
                   okrug_text_integer(ctx, panels.panel[0].missing), (char *)NULL);
    }
    return read_employment(ctx, &panels.panel[0], place, employment->file, rc);
}

/* ---- Variants ---- */

void okrug_regional_variants(okrug_regional_variant list[OKRUG_REGIONAL_VARIANTS]) {
    enum { DELTAS = 5 };
    int count = 0;
    list[count++] = (okrug_regional_variant){OKRUG_REGIONAL_SLQ, NAN};
    list[count++] = (okrug_regional_variant){OKRUG_REGIONAL_CILQ, NAN};
    for (int d = 0; d < DELTAS; d++) {
        list[count++] = (okrug_regional_variant){OKRUG_REGIONAL_FLQ, (15 + 5 * d) / 100.0};
    }
    for (int d = 0; d < DELTAS; d++) {
        list[count++] = (okrug_regional_variant){OKRUG_REGIONAL_AFLQ, (15 + 5 * d) / 100.0};
    }
}

void okrug_regional_coefficients(const okrug_regional_case *rc, okrug_regional_variant v, double cap, double *a) {
    int64_t n = rc->io.n;
    double most = v.method == OKRUG_REGIONAL_AFLQ ? INFINITY : 1.0;
    okrug_regional_quotients(n, rc->region, rc->nation, v.method, isnan(v.delta) ? 0.0 : v.delta,
                             cap > 0.0 ? fmin(cap, most) : most, a);
    for (int64_t i = 0; i < n; i++) {
        for (int64_t j = 0; j < n; j++) {
            double q = a[i * n + j];
            a[i * n + j] = isnan(q) || rc->region[j] == 0.0 ? 0.0 : q * rc->a[i * n + j];
        }
    }
}

int okrug_regional_measures(const okrug_regional_case *rc, const char *name[OKRUG_REGIONAL_MEASURES]) {
    int count = 0;
    name[count++] = "output";
    if (rc->value_added != NULL) {
        name[count++] = "value_added";
    }
    name[count++] = "employment";
    return count;
}

okrug_status okrug_regional_multipliers(okrug_ctx *ctx, const okrug_regional_case *rc, const double *a,
                                        double *multiplier) {
    const char *name[OKRUG_REGIONAL_MEASURES];
    int measures = okrug_regional_measures(rc, name);
    int64_t n = rc->io.n;
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *c = OKRUG_SCRATCH(ctx, measures * n, double);
    if (c == NULL) {
        return OKRUG_NO_MEMORY;
    }
    double *persons = c + (measures - 1) * n;
    for (int64_t j = 0; j < n; j++) {
        c[j] = 1.0;
        if (rc->value_added != NULL) {
            c[n + j] = rc->value_added[j];
        }
        persons[j] = rc->io.output[j] == 0.0 ? 0.0 : rc->nation[j] / rc->io.output[j];
    }
    okrug_status status = okrug_multipliers(ctx, n, a, measures, c, multiplier);
    for (int64_t j = 0; status == OKRUG_OK && j < n; j++) {
        double *of = &multiplier[(measures - 1) * n + j];
        *of = persons[j] > 0.0 ? *of / persons[j] : NAN;
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
