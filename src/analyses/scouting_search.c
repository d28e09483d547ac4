/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who could sell what a member buys outside: makers of products whose codes begin alike, the best first.
 */
#include "analyses/scouting_search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <okrug/spatial.h>

#define BETTER(a, b)                                                                                                   \
    if ((a) != (b)) {                                                                                                  \
        return (a) > (b) ? -1 : 1;                                                                                     \
    }

/* What is not known stands behind what is. */
static double or_else(double value, double other) {
    return isnan(value) ? other : value;
}

static int by_rank(const void *left, const void *right) {
    const okrug_scouting_candidate *a = left, *b = right;
    BETTER(a->exact, b->exact)
    BETTER(a->digits, b->digits)
    BETTER(or_else(a->fit, -1.0), or_else(b->fit, -1.0))
    BETTER(a->contracts, b->contracts)
    BETTER(-or_else(a->distance, 1e9), -or_else(b->distance, 1e9))
    BETTER(b->firm, a->firm)
    return 0;
}

static double place_of(const okrug_scouting_search *q, int32_t firm, const char *column) {
    int64_t row = q->s->firm_row[firm];
    return row < 0 ? (double)NAN : okrug_table_number(q->firms, column, row);
}

const char *okrug_scouting_word(const okrug_scouting_search *q, int32_t firm, const char *column) {
    int64_t row = q->s->firm_row[firm];
    return row < 0 ? NULL : okrug_table_text(q->firms, column, row);
}

static double distance_between(const okrug_scouting_search *q, int32_t a, int32_t b) {
    bool known = !isnan(q->lon[a]) && !isnan(q->lat[a]) && !isnan(q->lon[b]) && !isnan(q->lat[b]);
    return known ? okrug_great_circle_km(q->lon[a], q->lat[a], q->lon[b], q->lat[b]) : (double)NAN;
}

/* Names those that there are, some of them where they are many. */
static okrug_status no_such_region(okrug_ctx *ctx, const okrug_scouting_search *q) {
    enum { NAMED = 20 };
    const okrug_column *region = okrug_table_column(q->firms, "region");
    const char *known = "";
    int32_t words = region == NULL ? 0 : okrug_words_count(region->words);
    for (int32_t w = 0; w < words && w <= NAMED; w++) {
        known = okrug_text_listed(ctx, known, w < NAMED ? okrug_words_text(region->words, w) : "…");
    }
    return okrug_fail(ctx, OKRUG_BAD_USAGE, words == 0 ? "firms-have-no-regions" : "no-firm-of-region",
                      &(okrug_place){.file = q->firms->file}, "region", q->region, "known", known, (char *)NULL);
}

okrug_status okrug_scouting_place(okrug_ctx *ctx, okrug_scouting_search *q) {
    int32_t firms = okrug_words_count(q->s->code);
    q->lon = OKRUG_SCRATCH(ctx, firms, double);
    q->lat = OKRUG_SCRATCH(ctx, firms, double);
    q->wanted = OKRUG_SCRATCH(ctx, firms, bool);
    q->mark = OKRUG_SCRATCH_ZERO(ctx, firms, int64_t);
    q->found = OKRUG_SCRATCH(ctx, firms, okrug_scouting_candidate);
    if (q->lon == NULL || q->lat == NULL || q->wanted == NULL || q->mark == NULL || q->found == NULL) {
        return OKRUG_NO_MEMORY;
    }
    bool any = false;
    for (int32_t f = 0; f < firms; f++) {
        const char *region = okrug_scouting_word(q, f, "region");
        q->lon[f] = place_of(q, f, "lon");
        q->lat[f] = place_of(q, f, "lat");
        bool of_region = q->region == NULL || (region != NULL && strcmp(region, q->region) == 0);
        q->wanted[f] = of_region && q->s->there[f];
        any = any || of_region;
    }
    return any || firms == 0 ? OKRUG_OK : no_such_region(ctx, q);
}

/* The first maker whose code is not before the key. */
static int64_t lower(const okrug_scouting *s, uint64_t key) {
    int64_t from = 0, to = s->makers;
    while (from < to) {
        int64_t middle = from + (to - from) / 2;
        if (s->maker[middle].key < key) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from;
}

static okrug_scouting_candidate judge(const okrug_scouting_search *q, const okrug_purchase *purchase,
                                      const okrug_maker *maker) {
    bool from_output = !isnan(maker->output);
    double size = from_output ? maker->output : q->s->revenue[maker->firm];
    return (okrug_scouting_candidate){.firm = maker->firm,
                                      .exact = maker->key == purchase->key,
                                      .digits = okrug_product_common(maker->key, purchase->key),
                                      .size = size,
                                      .fit = purchase->amount > 0.0 ? fmin(1.0, size / purchase->amount) + 0.0 * size
                                                                    : (double)NAN,
                                      .from_output = from_output,
                                      .product = maker->product};
}

/* Of a firm's products the one that ranks best. */
void okrug_scouting_find(okrug_scouting_search *q, int64_t which) {
    const okrug_purchase *purchase = &q->s->purchase[which];
    int digits = okrug_product_digits(purchase->key);
    int least = (int)q->digits < digits ? (int)q->digits : digits;
    uint64_t rest = (uint64_t)-1 >> (4 * least);
    int64_t end = lower(q->s, (purchase->key | rest));
    q->count = 0;
    for (int64_t k = lower(q->s, purchase->key & ~rest); k < end; k++) {
        const okrug_maker *maker = &q->s->maker[k];
        if (maker->firm == purchase->buyer || !q->wanted[maker->firm]) {
            continue;
        }
        okrug_scouting_candidate one = judge(q, purchase, maker);
        int64_t at = q->mark[maker->firm];
        if (at > 0 && at <= q->count && q->found[at - 1].firm == maker->firm) {
            if (by_rank(&one, &q->found[at - 1]) < 0) {
                q->found[at - 1] = one;
            }
        } else {
            q->found[q->count++] = one;
            q->mark[maker->firm] = q->count;
        }
    }
    for (int64_t k = 0; k < q->count; k++) {
        q->found[k].contracts = okrug_scouting_contracts_with(q->s, q->found[k].firm, purchase->cluster);
        q->found[k].distance = distance_between(q, q->found[k].firm, purchase->buyer);
    }
    qsort(q->found, (size_t)q->count, sizeof *q->found, by_rank);
}
