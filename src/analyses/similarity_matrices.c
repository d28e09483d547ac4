/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which matrices there can be, which industries all of them can place, and the matrices.
 */
#include "analyses/similarity_matrices.h"

#include <math.h>
#include <string.h>

#include <okrug/plants.h>

#include "analyses/similarity_panels.h"

const char *const okrug_similarity_codes[OKRUG_SIMILARITY_KINDS] = {
#define OKRUG_X(name, code) [OKRUG_SIMILARITY_##name] = (code),
    OKRUG_SIMILARITIES(OKRUG_X)
#undef OKRUG_X
};

typedef struct {
    const okrug_job *job;
    okrug_similarity_data data;
    okrug_similarity_panel *coagglomeration; /* one of data's */
    bool used[OKRUG_SIMILARITY_KINDS];
} request;

/* The inputs that a matrix hangs on besides the first; -1: none. */
static int needed(int kind, int coagglomeration_of) {
    static const int of[OKRUG_SIMILARITY_KINDS] = {
        [OKRUG_SIMILARITY_LC_EMPLOYMENT] = -1,
        [OKRUG_SIMILARITY_LC_ESTABLISHMENTS] = OKRUG_SIMILARITY_ESTABLISHMENTS,
        [OKRUG_SIMILARITY_COAGGLOMERATION] = -1,
        [OKRUG_SIMILARITY_INPUT_OUTPUT] = OKRUG_SIMILARITY_FLOWS,
        [OKRUG_SIMILARITY_OCCUPATIONS] = OKRUG_SIMILARITY_STAFF,
    };
    bool other =
        kind == OKRUG_SIMILARITY_COAGGLOMERATION && coagglomeration_of == OKRUG_COAGGLOMERATION_OF_ESTABLISHMENTS;
    return other ? OKRUG_SIMILARITY_ESTABLISHMENTS : of[kind];
}

/* "establishments" and the like: what the option is called. */
static const char *option_of(int input) {
    static const char *const names[] = {[OKRUG_SIMILARITY_ESTABLISHMENTS] = "establishments",
                                        [OKRUG_SIMILARITY_FLOWS] = "input-output",
                                        [OKRUG_SIMILARITY_STAFF] = "occupations"};
    return names[input];
}

static okrug_status choose(okrug_ctx *ctx, const okrug_texts *matrix, int coagglomeration_of, request *of) {
    const char *known = "";
    for (int kind = 0; kind < OKRUG_SIMILARITY_KINDS; kind++) {
        known = okrug_text_listed(ctx, known, okrug_similarity_codes[kind]);
        int input = needed(kind, coagglomeration_of);
        bool asked = kind == OKRUG_SIMILARITY_COAGGLOMERATION && input >= 0;
        of->used[kind] = matrix->count == 0 && (input < 0 || asked || of->job->input[input] != NULL);
    }
    okrug_status status = OKRUG_OK;
    for (int m = 0; m < matrix->count; m++) {
        int kind = 0;
        while (kind < OKRUG_SIMILARITY_KINDS && strcmp(okrug_similarity_codes[kind], matrix->text[m]) != 0) {
            kind++;
        }
        if (kind == OKRUG_SIMILARITY_KINDS) {
            status = okrug_fail(ctx, OKRUG_BAD_USAGE, "unknown-matrix", NULL, "matrix", matrix->text[m], "known", known,
                                (char *)NULL);
        } else {
            of->used[kind] = true;
        }
    }
    for (int kind = 0; status == OKRUG_OK && kind < OKRUG_SIMILARITY_KINDS; kind++) {
        int input = needed(kind, coagglomeration_of);
        if (of->used[kind] && input >= 0 && of->job->input[input] == NULL) {
            status = okrug_fail(ctx, OKRUG_BAD_USAGE, "matrix-needs-input", NULL, "matrix",
                                okrug_similarity_codes[kind], "input", option_of(input), (char *)NULL);
        }
    }
    return status;
}

/* Why a matrix cannot place industry i; PRESENT: it can. */
static okrug_reason cannot_place(const request *of, int kind, int64_t i) {
    const okrug_similarity_data *data = &of->data;
    const okrug_similarity_panel *panel = kind == OKRUG_SIMILARITY_LC_EMPLOYMENT       ? &data->employment
                                          : kind == OKRUG_SIMILARITY_LC_ESTABLISHMENTS ? &data->establishments
                                          : kind == OKRUG_SIMILARITY_OCCUPATIONS       ? &data->staff
                                                                                       : of->coagglomeration;
    if (kind == OKRUG_SIMILARITY_INPUT_OUTPUT) {
        return data->sold[i] > 0.0 || data->bought[i] > 0.0 ? OKRUG_PRESENT : OKRUG_ZERO_TOTAL;
    }
    if (!(okrug_similarity_total(panel, i) > 0.0)) {
        return OKRUG_ZERO_TOTAL;
    }
    return kind == OKRUG_SIMILARITY_COAGGLOMERATION || okrug_similarity_varies(panel, i) ? OKRUG_PRESENT
                                                                                         : OKRUG_CONSTANT;
}

static okrug_status take_industries(okrug_ctx *ctx, const request *of, int64_t *take, okrug_similarities *out) {
    const okrug_panel *whole = &of->data.whole;
    out->out = OKRUG_SCRATCH(ctx, whole->industries, okrug_left_out);
    out->industry = OKRUG_SCRATCH(ctx, whole->industries, const char *);
    out->size = OKRUG_SCRATCH(ctx, whole->industries, double);
    if (out->out == NULL || out->industry == NULL || out->size == NULL) {
        return OKRUG_NO_MEMORY;
    }
    const char *names = "";
    enum { SHOWN = 5 };
    for (int64_t i = 0; i < whole->industries; i++) {
        okrug_reason reason = OKRUG_PRESENT;
        int kind = 0;
        for (int k = 0; of->data.listed[i] && reason == OKRUG_PRESENT && k < OKRUG_SIMILARITY_KINDS; k++) {
            reason = of->used[k] ? cannot_place(of, k, i) : OKRUG_PRESENT;
            kind = k;
        }
        if (reason != OKRUG_PRESENT) {
            names = out->left_out < SHOWN ? okrug_text_listed(ctx, names, whole->industry[i]) : names;
            out->out[out->left_out++] = (okrug_left_out){whole->industry[i], kind, reason};
        } else if (of->data.listed[i]) {
            out->industry[out->n] = whole->industry[i];
            out->size[out->n] = okrug_similarity_total(&of->data.employment, i);
            take[out->n++] = i;
        }
    }
    if (out->left_out > 0) {
        int64_t shown = out->left_out < SHOWN ? out->left_out : SHOWN;
        okrug_warn(ctx, "industries-not-placed", &(okrug_place){.file = of->job->input[OKRUG_SIMILARITY_INPUT]->file},
                   "count", okrug_text_integer(ctx, out->left_out), "names",
                   okrug_text_curtailed(ctx, names, shown, out->left_out), (char *)NULL);
    }
    return OKRUG_OK;
}

static okrug_status check_grain(okrug_ctx *ctx, const request *of, const okrug_grain *grain,
                                const okrug_similarities *out) {
    const okrug_similarity_data *data = &of->data;
    okrug_place place = {.file = of->job->input[OKRUG_SIMILARITY_INPUT]->file};
    bool employment = of->used[OKRUG_SIMILARITY_LC_EMPLOYMENT] || of->coagglomeration == &data->employment;
    int64_t regions = data->whole.regions;
    if (of->used[OKRUG_SIMILARITY_LC_ESTABLISHMENTS] && data->establishments.rows < regions) {
        regions = data->establishments.rows;
    }
    OKRUG_TRY(okrug_grain_need(ctx, &grain[OKRUG_SIMILARITY_GRAIN_REGIONS], (double)regions, &place));
    OKRUG_TRY(okrug_grain_need(ctx, &grain[OKRUG_SIMILARITY_GRAIN_INDUSTRIES], (double)out->n, &place));
    if (data->withheld > 0 && employment) {
        double known = 1.0 - (double)data->withheld / (double)data->cells;
        okrug_status enough = okrug_grain_need(ctx, &grain[OKRUG_SIMILARITY_GRAIN_KNOWN], known, &place);
        if (enough != OKRUG_OK) {
            okrug_warn(ctx, "similarity-withheld", &place, "count", okrug_text_integer(ctx, data->withheld), "cells",
                       okrug_text_integer(ctx, data->cells), (char *)NULL);
            return enough;
        }
        okrug_warn(ctx, "similarity-of-known-cells", &place, "count", okrug_text_integer(ctx, data->withheld), "cells",
                   okrug_text_integer(ctx, data->cells), "rows", okrug_text_integer(ctx, data->rows), (char *)NULL);
    }
    if (data->unlisted > 0) {
        okrug_warn(ctx, "listed-not-there", &(okrug_place){.file = of->job->input[OKRUG_SIMILARITY_INDUSTRIES]->file},
                   "count", okrug_text_integer(ctx, data->unlisted), (char *)NULL);
    }
    return OKRUG_OK;
}

static okrug_status input_output(okrug_ctx *ctx, const okrug_similarity_data *data, int64_t n, const int64_t *take,
                                 double *matrix) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *flow = OKRUG_SCRATCH(ctx, n * n, double);
    double *totals = OKRUG_SCRATCH(ctx, 2 * n, double);
    if (flow == NULL || totals == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < n; i++) {
        totals[i] = data->sold[take[i]];
        totals[n + i] = data->bought[take[i]];
        for (int64_t j = 0; j < n; j++) {
            flow[i * n + j] = data->flow[take[i] * data->whole.industries + take[j]];
        }
    }
    okrug_input_output_similarity(n, flow, totals, totals + n, matrix);
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}

static okrug_status compute(okrug_ctx *ctx, const request *of, int kind, int64_t n, const int64_t *take,
                            double *matrix) {
    const okrug_similarity_data *data = &of->data;
    if (kind == OKRUG_SIMILARITY_INPUT_OUTPUT) {
        return input_output(ctx, data, n, take, matrix);
    }
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_similarity_panel panel = {0};
    const okrug_similarity_panel *from = kind == OKRUG_SIMILARITY_LC_EMPLOYMENT       ? &data->employment
                                         : kind == OKRUG_SIMILARITY_LC_ESTABLISHMENTS ? &data->establishments
                                         : kind == OKRUG_SIMILARITY_OCCUPATIONS       ? &data->staff
                                                                                      : of->coagglomeration;
    OKRUG_TRY(okrug_similarity_panel_take(ctx, from, n, take, &panel));
    okrug_status status = kind == OKRUG_SIMILARITY_COAGGLOMERATION
                              ? okrug_coagglomeration(ctx, panel.rows, n, panel.value, panel.reference, matrix)
                              : okrug_profile_correlation(ctx, panel.rows, n, panel.value, panel.known, matrix);
    okrug_scratch_reset(ctx, mark);
    return status;
}

okrug_status okrug_similarities_make(okrug_ctx *ctx, const okrug_job *job, const okrug_grain *grain,
                                     const okrug_texts *matrix, int coagglomeration_of, okrug_similarities *out) {
    request of = {.job = job};
    *out = (okrug_similarities){0};
    OKRUG_TRY(choose(ctx, matrix, coagglomeration_of, &of));
    OKRUG_TRY(okrug_similarity_data_read(ctx, job->input, &of.data));
    of.coagglomeration =
        coagglomeration_of == OKRUG_COAGGLOMERATION_OF_ESTABLISHMENTS ? &of.data.establishments : &of.data.employment;
    int64_t *take = OKRUG_SCRATCH(ctx, of.data.whole.industries, int64_t);
    if (take == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(take_industries(ctx, &of, take, out));
    OKRUG_TRY(check_grain(ctx, &of, grain, out));
    int64_t n = out->n;
    for (int kind = 0; kind < OKRUG_SIMILARITY_KINDS; kind++) {
        if (!of.used[kind]) {
            continue;
        }
        double *raw = out->raw[kind] = OKRUG_SCRATCH(ctx, n * n, double);
        double *z = out->z[out->matrices] = OKRUG_SCRATCH(ctx, n * n, double);
        if (raw == NULL || z == NULL) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(compute(ctx, &of, kind, n, take, raw));
        out->summary[out->matrices] = okrug_standardise_pairs(n, raw, z);
        out->kind[out->matrices++] = kind;
    }
    out->similarity = OKRUG_SCRATCH(ctx, n * n, double);
    if (out->similarity == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_average_pairs(n, out->matrices, (const double *const *)out->z, out->similarity);
    return OKRUG_OK;
}
