/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads a shock beside its economy, and brings both to days.
 */
#include "analyses/shock_case.h"

#include <math.h>
#include <string.h>

#include <okrug/numeric.h>

#include "analyses/by_industry.h"

enum { DAYS_OF_YEAR = 365 };

static double *vector(okrug_ctx *ctx, int64_t n, double value) {
    double *v = OKRUG_SCRATCH(ctx, n, double);
    for (int64_t i = 0; v != NULL && i < n; i++) {
        v[i] = value;
    }
    return v;
}

/* Flows per day; final demand is what output leaves, so that normal days repeat themselves. */
static okrug_status to_days(okrug_ctx *ctx, okrug_shock_case *out) {
    okrug_io *io = &out->io;
    int64_t n = io->n, below = 0;
    okrug_status status = OKRUG_OK;
    const char *first = NULL;
    double *demand = OKRUG_SCRATCH(ctx, n, double);
    out->normal = OKRUG_SCRATCH(ctx, n, double);
    if (demand == NULL || out->normal == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < n; i++) {
        double sold = 0.0;
        for (int64_t j = 0; j < n; j++) {
            double *flow = &io->flow[i * n + j];
            if (*flow < 0.0) {
                status =
                    okrug_fail(ctx, OKRUG_BAD_INPUT, "negative-flow", &(okrug_place){.file = NULL}, "from", io->code[i],
                               "to", io->code[j], "value", okrug_text_number(ctx, *flow), (char *)NULL);
            }
            *flow /= DAYS_OF_YEAR;
            sold += *flow;
        }
        io->output[i] /= DAYS_OF_YEAR;
        demand[i] = io->output[i] - sold;
        if (demand[i] < -1e-9 * io->output[i]) {
            first = first == NULL ? io->code[i] : first;
            below++;
        }
        demand[i] = demand[i] > 0.0 ? demand[i] : 0.0;
        out->normal[i] = sold + demand[i];
    }
    if (below > 0) {
        okrug_warn(ctx, "sells-more-than-output", NULL, "count", okrug_text_integer(ctx, below), "first", first,
                   (char *)NULL);
    }
    out->economy = (okrug_ario_economy){.n = n, .products = n, .flow = io->flow, .demand = demand};
    return status;
}

/* Which industries make the same product; codes of products in `code`. */
static okrug_status group_products(okrug_ctx *ctx, const okrug_table *table, okrug_shock_case *out,
                                   const char ***code) {
    int64_t n = out->io.n, count = 0;
    *code = out->io.code;
    if (table == NULL) {
        return OKRUG_OK;
    }
    const okrug_column *to = okrug_table_column(table, "to");
    int64_t *place = NULL;
    OKRUG_TRY(okrug_by_industry(ctx, table, "from", out->io.code, n, false, &place));
    int32_t *product = OKRUG_SCRATCH(ctx, n, int32_t);
    int32_t *of_word = OKRUG_SCRATCH(ctx, okrug_words_count(to->words), int32_t);
    *code = OKRUG_SCRATCH(ctx, n, const char *);
    if (product == NULL || of_word == NULL || *code == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memset(product, -1, (size_t)n * sizeof *product);
    memset(of_word, -1, (size_t)okrug_words_count(to->words) * sizeof *of_word);
    for (int64_t r = 0; r < table->rows; r++) {
        int32_t word = to->word[r];
        if (place[r] < 0 || word < 0) {
            continue;
        }
        if (of_word[word] < 0) {
            (*code)[count] = okrug_words_text(to->words, word);
            of_word[word] = (int32_t)count++;
        }
        product[place[r]] = of_word[word];
    }
    okrug_status status = OKRUG_OK;
    for (int64_t i = 0; i < n; i++) {
        if (product[i] < 0) {
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "no-product", &(okrug_place){.file = table->file}, "code",
                                out->io.code[i], (char *)NULL);
        }
    }
    out->economy.product = product;
    out->economy.products = count;
    return status;
}

static okrug_status read_stocks(okrug_ctx *ctx, const okrug_shock_request *request, const char *const *code,
                                okrug_shock_case *out) {
    const okrug_shock_options *o = &request->options;
    int64_t products = out->economy.products;
    double *days = vector(ctx, products, o->inventory_days);
    if (days == NULL) {
        return OKRUG_NO_MEMORY;
    }
    out->rules = (okrug_ario_rules){
        days, o->inventory_needed, o->restoration_days, o->overproduction, o->overproduction_days, o->rebuild_days};
    if (request->inventories == NULL) {
        return OKRUG_OK;
    }
    int64_t *place = NULL;
    OKRUG_TRY(okrug_by_industry(ctx, request->inventories, "product", code, products, true, &place));
    for (int64_t r = 0; r < request->inventories->rows; r++) {
        days[place[r]] = okrug_cell_or(request->inventories, "days", r, INFINITY);
    }
    return OKRUG_OK;
}

/* Who rebuilds, in proportion to output. */
static okrug_status read_rebuilders(okrug_ctx *ctx, const okrug_shock_request *request, okrug_shock_case *out) {
    const okrug_texts *names = &request->options.rebuild;
    double *rebuild = vector(ctx, out->io.n, 0.0);
    double sum = 0.0;
    okrug_status status = rebuild == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    for (int k = 0; status == OKRUG_OK && k < names->count; k++) {
        int64_t i = 0;
        while (i < out->io.n && strcmp(out->io.code[i], names->text[k]) != 0) {
            i++;
        }
        if (i == out->io.n) {
            return okrug_fail(ctx, OKRUG_BAD_INPUT, "not-an-industry", NULL, "code", names->text[k], (char *)NULL);
        }
        rebuild[i] = out->normal[i];
    }
    for (int64_t i = 0; status == OKRUG_OK && i < out->io.n; i++) {
        sum += rebuild[i];
    }
    for (int64_t i = 0; sum > 0.0 && i < out->io.n; i++) {
        rebuild[i] /= sum;
    }
    out->shock.rebuild = rebuild;
    return status;
}

static okrug_status read_damage(okrug_ctx *ctx, const okrug_shock_request *request, const int64_t *place,
                                okrug_shock_case *out) {
    int64_t n = out->io.n;
    double *damage = vector(ctx, n, 0.0);
    double *capital = vector(ctx, n, 0.0);
    if (damage == NULL || capital == NULL) {
        return OKRUG_NO_MEMORY;
    }
    if (out->value_added == NULL || request->options.rebuild.count == 0) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "missing-option", NULL, "option",
                          out->value_added == NULL ? "value-added" : "rebuild", (char *)NULL);
    }
    okrug_status status = OKRUG_OK;
    for (int64_t r = 0; r < request->shock->rows; r++) {
        int64_t i = place[r];
        damage[i] = okrug_cell_or(request->shock, "damage", r, 0.0);
        capital[i] = request->options.capital_ratio * out->value_added[i] * out->normal[i] * DAYS_OF_YEAR;
        if (!isfinite(capital[i])) {
            return okrug_fail(ctx, OKRUG_BAD_INPUT, "flows-too-large", NULL, (char *)NULL);
        }
        if (damage[i] > 0.0 && damage[i] > capital[i]) {
            okrug_place where = {.file = request->shock->file,
                                 .line = request->shock->line == NULL ? 0 : request->shock->line[r]};
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "damage-exceeds-capital", &where, "code", out->io.code[i],
                                "capital", okrug_text_number(ctx, capital[i]), (char *)NULL);
        }
    }
    out->shock.damage = damage;
    out->shock.capital = capital;
    return status == OKRUG_OK ? read_rebuilders(ctx, request, out) : status;
}

static okrug_status read_shock(okrug_ctx *ctx, const okrug_shock_request *request, okrug_shock_case *out) {
    int64_t n = out->io.n;
    int64_t *place = NULL;
    OKRUG_TRY(okrug_by_industry(ctx, request->shock, "industry", out->io.code, n, true, &place));
    double *share = vector(ctx, n, 0.0);
    double *duration = vector(ctx, n, 0.0);
    double *recovery = vector(ctx, n, 0.0);
    if (share == NULL || duration == NULL || recovery == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < request->shock->rows; r++) {
        share[place[r]] = okrug_cell_or(request->shock, "share", r, 0.0);
        duration[place[r]] = okrug_cell_or(request->shock, "duration", r, 0.0);
        recovery[place[r]] = okrug_cell_or(request->shock, "recovery", r, request->options.recovery_days);
    }
    out->shock = (okrug_ario_shock){.share = share, .duration = duration, .recovery = recovery};
    return okrug_table_column(request->shock, "damage") == NULL ? OKRUG_OK : read_damage(ctx, request, place, out);
}

okrug_status okrug_shock_case_read(okrug_ctx *ctx, const okrug_shock_request *request, okrug_shock_case *out) {
    *out = (okrug_shock_case){0};
    OKRUG_TRY(okrug_io_read(ctx, &request->io, &out->io));
    if (request->value_added.count > 0) {
        out->value_added = OKRUG_SCRATCH(ctx, out->io.n, double);
        if (out->value_added == NULL) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(okrug_io_vector(ctx, &out->io, &request->value_added, out->value_added));
        for (int64_t i = 0; i < out->io.n; i++) {
            out->value_added[i] = out->io.output[i] == 0.0 ? 0.0 : out->value_added[i] / out->io.output[i];
        }
    }
    const char **code = NULL;
    OKRUG_TRY(to_days(ctx, out));
    OKRUG_TRY(group_products(ctx, request->products, out, &code));
    OKRUG_TRY(read_stocks(ctx, request, code, out));
    return read_shock(ctx, request, out);
}
