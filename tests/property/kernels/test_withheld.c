/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What holds for any withheld cells: bounds against every whole-number filling of small tables, and draws.
 */
#include <okrug/withheld.h>

#include "matrices.h"

enum { REGIONS = 3, INDUSTRIES = 3, CELLS = 9, WORLDS = 120, DRAWS = 60 };

typedef struct {
    double value[CELLS], floor[CELLS], total[REGIONS], grand;
    bool known[CELLS];
    int64_t cell[CELLS], start[REGIONS + 1];
    double least[CELLS], most[CELLS], left[REGIONS];
    uint64_t unit[CELLS], rest_unit[REGIONS];
    okrug_withheld withheld;
    okrug_withheld_cells cells;
    okrug_lq_reference reference;
} world;

static void bound(world *w) {
    okrug_withheld_faults faults;
    w->withheld.value = w->value;
    w->withheld.known = w->known;
    w->withheld.floor = w->floor;
    w->withheld.region_total = w->total;
    w->cells =
        (okrug_withheld_cells){.cell = w->cell, .start = w->start, .least = w->least, .most = w->most, .left = w->left};
    okrug_withheld_bounds(&w->withheld, &w->cells, &faults);
    assert_int_equal(faults.contradictions, 0);
    w->reference = (okrug_lq_reference){.region_total = w->total, .total = w->grand};
}

/* Small whole numbers; about half of the cells are withheld, some of them surely not 0. */
static void make(uint64_t number, bool whole, world *w) {
    *w = (world){.withheld = {.regions = REGIONS, .industries = INDUSTRIES, .whole = whole}};
    for (int c = 0; c < CELLS; c++) {
        uint64_t bits = testing_random(number, (uint64_t)c);
        double amount = (double)(bits % 4);
        w->known[c] = (bits >> 8) % 2 == 0;
        w->floor[c] = !w->known[c] && amount > 0.0 && (bits >> 16) % 2 == 0 ? 1.0 : 0.0;
        w->value[c] = w->known[c] ? amount : 0.0;
        w->total[c / INDUSTRIES] += amount;
    }
    for (int r = 0; r < REGIONS; r++) {
        w->total[r] += whole ? 0.0 : (double)(testing_random(number, (uint64_t)(100 + r)) % 2);
        w->grand += w->total[r];
        w->rest_unit[r] = testing_random(number, (uint64_t)(200 + r));
    }
    for (int k = 0; k < CELLS; k++) {
        w->unit[k] = testing_random(number, (uint64_t)(300 + k));
    }
    bound(w);
}

/* Every way to fill the cells from `k` on in whole numbers; `seen` gets the ends of cells and quotients. */
typedef struct {
    double least[CELLS], most[CELLS], lq_least[CELLS], lq_most[CELLS];
    int64_t fillings;
} ends;

static void widen(double x, double *least, double *most) {
    *least = fmin(*least, x); /* fmin and fmax pass over a NaN */
    *most = fmax(*most, x);
}

static bool adds_up(const world *w, const double *filled) {
    for (int r = 0; r < REGIONS; r++) {
        double sum = filled[3 * r] + filled[3 * r + 1] + filled[3 * r + 2];
        bool withholds = w->start[r + 1] > w->start[r];
        if (sum > w->total[r] || (w->withheld.whole && withholds && sum != w->total[r])) {
            return false;
        }
    }
    return true;
}

static void fill(const world *w, int64_t k, double *filled, ends *seen) {
    if (k < w->cells.count) {
        int64_t c = w->cell[k];
        for (double x = w->floor[c]; x <= w->total[c / INDUSTRIES]; x += 1.0) {
            filled[c] = x;
            fill(w, k + 1, filled, seen);
        }
        return;
    }
    if (!adds_up(w, filled)) {
        return;
    }
    seen->fillings++;
    for (int c = 0; c < CELLS; c++) {
        int i = c % INDUSTRIES;
        double industry = filled[i] + filled[i + 3] + filled[i + 6];
        double region = w->total[c / INDUSTRIES];
        widen(filled[c], &seen->least[c], &seen->most[c]);
        if (industry > 0.0 && region > 0.0) {
            widen(filled[c] / region / (industry / w->grand), &seen->lq_least[c], &seen->lq_most[c]);
        }
    }
}

static void test_bounds_are_the_ends_of_all_fillings(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t number = 0; number < WORLDS; number++) {
        world w;
        ends seen = {.fillings = 0};
        double filled[CELLS], least[CELLS], most[CELLS];
        make(number, number % 2 == 0, &w);
        for (int c = 0; c < CELLS; c++) {
            filled[c] = w.value[c];
            seen.least[c] = seen.lq_least[c] = INFINITY;
            seen.most[c] = seen.lq_most[c] = -INFINITY;
        }
        fill(&w, 0, filled, &seen);
        assert_true(seen.fillings > 0);
        for (int64_t k = 0; k < w.cells.count; k++) {
            assert_near(w.least[k], seen.least[w.cell[k]], 0.0);
            assert_near(w.most[k], seen.most[w.cell[k]], 0.0);
        }
        assert_ok(okrug_lq_bounds(ctx, &w.withheld, &w.cells, &w.reference, least, most));
        for (int c = 0; c < CELLS; c++) {
            if (isinf(seen.lq_least[c])) {
                assert_nan(least[c]);
            } else {
                assert_near(least[c], seen.lq_least[c], 1e-14);
                assert_near(most[c], seen.lq_most[c], 1e-14);
            }
        }
    }
    okrug_ctx_free(ctx);
}

static void test_draws_are_fillings(void **state) {
    (void)state;
    okrug_ctx *one = testing_context(1), *three = testing_context(3);
    for (uint64_t number = 0; number < WORLDS; number++) {
        world w;
        double x[CELLS * DRAWS], again[CELLS * DRAWS], total[INDUSTRIES * DRAWS];
        make(number, number % 2 == 0, &w);
        const double weight[INDUSTRIES] = {1.0, 20.0, .05};
        const okrug_withheld_prior prior = {.seed = number,
                                            .draws = DRAWS,
                                            .unit = w.unit,
                                            .rest_unit = w.rest_unit,
                                            .weight = number % 3 == 0 ? weight : NULL,
                                            .rest_weight = .5};
        assert_ok(okrug_withheld_draws(one, &w.withheld, &w.cells, &prior, x));
        assert_ok(okrug_withheld_draws(three, &w.withheld, &w.cells, &prior, again));
        assert_memory_equal(x, again, (size_t)w.cells.count * DRAWS * sizeof *x);
        assert_ok(okrug_withheld_totals(three, &w.withheld, &w.cells, DRAWS, x, total));
        for (int d = 0; d < DRAWS; d++) {
            double industry[INDUSTRIES] = {0};
            for (int c = 0; c < CELLS; c++) {
                industry[c % INDUSTRIES] += w.value[c];
            }
            for (int r = 0; r < REGIONS; r++) {
                double sum = w.value[3 * r] + w.value[3 * r + 1] + w.value[3 * r + 2];
                for (int64_t k = w.start[r]; k < w.start[r + 1]; k++) {
                    double drawn = x[k * DRAWS + d];
                    assert_true(drawn >= w.least[k] && drawn <= w.most[k]);
                    sum += drawn;
                    industry[w.cell[k] % INDUSTRIES] += drawn;
                }
                assert_true(sum <= w.total[r] * (1.0 + 1e-15));
                if (w.withheld.whole) {
                    assert_near(sum, w.total[r], 1e-14);
                }
            }
            for (int i = 0; i < INDUSTRIES; i++) {
                assert_near(total[i * DRAWS + d], industry[i], 1e-14);
            }
        }
    }
    okrug_ctx_free(one);
    okrug_ctx_free(three);
}

static void test_ranges_lie_within_bounds(void **state) {
    (void)state;
    okrug_ctx *one = testing_context(1), *two = testing_context(2);
    const okrug_screen screen = {1.2, 1.0, .4};
    for (uint64_t number = 0; number < WORLDS; number++) {
        world w;
        double x[CELLS * DRAWS], least[CELLS], most[CELLS], lo[CELLS], hi[CELLS], passes[CELLS], low[CELLS],
            high[CELLS];
        make(number, number % 2 == 0, &w);
        const okrug_withheld_prior prior = {
            .seed = number, .draws = DRAWS, .unit = w.unit, .rest_unit = w.rest_unit, .rest_weight = 1.0};
        assert_ok(okrug_withheld_draws(one, &w.withheld, &w.cells, &prior, x));
        assert_ok(okrug_lq_bounds(one, &w.withheld, &w.cells, &w.reference, least, most));
        assert_ok(okrug_lq_sensitivity(one, &w.withheld, &w.cells, DRAWS, x, &w.reference, &screen, lo, hi, passes));
        assert_ok(okrug_lq_sensitivity(two, &w.withheld, &w.cells, DRAWS, x, &w.reference, NULL, low, high, NULL));
        assert_memory_equal(lo, low, sizeof lo);
        assert_memory_equal(hi, high, sizeof hi);
        for (int c = 0; c < CELLS; c++) {
            double cell_least = w.value[c], cell_most = w.value[c];
            for (int64_t k = 0; k < w.cells.count; k++) {
                cell_least = w.cell[k] == c ? w.least[k] : cell_least;
                cell_most = w.cell[k] == c ? w.most[k] : cell_most;
            }
            double share = screen.share * w.total[c / INDUSTRIES];
            if (!isnan(lo[c]) && !isnan(least[c])) {
                assert_true(least[c] <= lo[c] * (1.0 + 1e-14) && lo[c] <= hi[c] && hi[c] <= most[c] * (1.0 + 1e-14));
            }
            if (least[c] >= screen.quotient * (1.0 + 1e-14) && cell_least >= screen.value && cell_least >= share) {
                assert_near(passes[c], 1.0, 0.0);
            }
            if (most[c] < screen.quotient * (1.0 - 1e-14) || cell_most < screen.value || cell_most < share) {
                assert_near(passes[c], 0.0, 0.0);
            }
        }
    }
    okrug_ctx_free(one);
    okrug_ctx_free(two);
}

/* Nothing withheld: every range is the quotient, to the bit. */
static void test_nothing_withheld(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t number = 0; number < WORLDS; number++) {
        world w;
        double lq[CELLS], least[CELLS], most[CELLS], lo[CELLS], hi[CELLS];
        make(number, false, &w);
        for (int c = 0; c < CELLS; c++) {
            w.known[c] = true;
        }
        bound(&w);
        assert_int_equal(w.cells.count, 0);
        assert_ok(okrug_location_quotients(ctx, REGIONS, INDUSTRIES, w.value, &w.reference, lq));
        assert_ok(okrug_lq_bounds(ctx, &w.withheld, &w.cells, &w.reference, least, most));
        assert_ok(okrug_lq_sensitivity(ctx, &w.withheld, &w.cells, DRAWS, NULL, &w.reference, NULL, lo, hi, NULL));
        for (int c = 0; c < CELLS; c++) {
            const double ends_of[4] = {least[c], most[c], lo[c], hi[c]};
            for (int e = 0; e < 4; e++) {
                assert_true(isnan(lq[c]) ? isnan(ends_of[e]) : testing_bits(ends_of[e]) == testing_bits(lq[c]));
            }
        }
    }
    okrug_ctx_free(ctx);
}

/* Rows in another order give the same cells the same bounds and draws. */
static void test_order_does_not_matter(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t number = 0; number < WORLDS; number++) {
        world w, turned;
        double x[CELLS * DRAWS], y[CELLS * DRAWS], least[CELLS], most[CELLS], least_turned[CELLS], most_turned[CELLS];
        int64_t *region = testing_permutation(number, REGIONS), *industry = testing_permutation(number + 1, INDUSTRIES);
        int64_t of[CELLS], k = 0;
        make(number, number % 2 == 0, &w);
        turned = w;
        for (int c = 0; c < CELLS; c++) {
            of[c] = region[c / INDUSTRIES] * INDUSTRIES + industry[c % INDUSTRIES];
            turned.value[c] = w.value[of[c]];
            turned.known[c] = w.known[of[c]];
            turned.floor[c] = w.floor[of[c]];
            turned.total[c / INDUSTRIES] = w.total[region[c / INDUSTRIES]];
            turned.rest_unit[c / INDUSTRIES] = w.rest_unit[region[c / INDUSTRIES]];
        }
        bound(&turned);
        /* Names go with the cells. */
        int64_t place[CELLS];
        for (k = 0; k < w.cells.count; k++) {
            place[w.cell[k]] = k;
        }
        for (k = 0; k < turned.cells.count; k++) {
            turned.unit[k] = w.unit[place[of[turned.cell[k]]]];
        }
        okrug_withheld_prior prior = {
            .seed = 3, .draws = DRAWS, .unit = w.unit, .rest_unit = w.rest_unit, .rest_weight = 1.0};
        assert_ok(okrug_withheld_draws(ctx, &w.withheld, &w.cells, &prior, x));
        prior.unit = turned.unit;
        prior.rest_unit = turned.rest_unit;
        assert_ok(okrug_withheld_draws(ctx, &turned.withheld, &turned.cells, &prior, y));
        for (k = 0; k < turned.cells.count; k++) {
            int64_t there = place[of[turned.cell[k]]];
            assert_near(turned.most[k], w.most[there], 0.0);
            assert_all_near(DRAWS, y + k * DRAWS, x + there * DRAWS, 1e-14);
        }
        assert_ok(okrug_lq_bounds(ctx, &w.withheld, &w.cells, &w.reference, least, most));
        assert_ok(okrug_lq_bounds(ctx, &turned.withheld, &turned.cells, &turned.reference, least_turned, most_turned));
        for (int c = 0; c < CELLS; c++) {
            assert_true(isnan(least[of[c]]) == isnan(least_turned[c]));
            if (!isnan(least[of[c]])) {
                assert_near(least_turned[c], least[of[c]], 1e-14);
                assert_near(most_turned[c], most[of[c]], 1e-14);
            }
        }
        free(region);
        free(industry);
    }
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bounds_are_the_ends_of_all_fillings),
        cmocka_unit_test(test_draws_are_fillings),
        cmocka_unit_test(test_ranges_lie_within_bounds),
        cmocka_unit_test(test_nothing_withheld),
        cmocka_unit_test(test_order_does_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
