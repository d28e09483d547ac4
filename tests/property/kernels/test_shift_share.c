/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What holds for shift-share of any amounts: the parts sum to the change, whatever enters or leaves.
 */
#include <okrug/shift_share.h>

#include "matrices.h"

enum { WORLDS = 30, REGIONS = 19, INDUSTRIES = 11, CELLS = REGIONS * INDUSTRIES, NEIGHBOURS = 3 };

typedef struct {
    double start[CELLS], end[CELLS], nation_start[INDUSTRIES], nation_end[INDUSTRIES];
    int64_t ptr[REGIONS + 1];
    int32_t col[REGIONS * NEIGHBOURS];
    double weight[REGIONS * NEIGHBOURS];
    okrug_csr weights;
} world;

typedef struct {
    double national[CELLS], mix[CELLS], regional[CELLS], allocation[CELLS], entry[CELLS], unsplit[CELLS],
        compared[CELLS];
} parts;

static double amount(uint64_t seed, uint64_t k) {
    bool none = testing_uniform(seed, 2 * k, 0.0, 1.0) < .3;
    return none ? 0.0 : exp(testing_uniform(seed, 2 * k + 1, -3.0, 10.0));
}

/* Amounts of very different sizes, three in ten of them 0, so that much enters and leaves; two industries start from
 * nothing everywhere; the first region has no neighbours. */
static void draw(uint64_t seed, world *w) {
    for (uint64_t c = 0; c < CELLS; c++) {
        w->start[c] = c % INDUSTRIES < 2 ? 0.0 : amount(seed, 2 * c);
        w->end[c] = amount(seed, 2 * c + 1);
    }
    for (uint64_t i = 0; i < INDUSTRIES; i++) {
        w->nation_start[i] = amount(seed + 500, 2 * i);
        w->nation_end[i] = amount(seed + 500, 2 * i + 1);
    }
    int64_t count = 0;
    w->ptr[0] = 0;
    for (uint64_t r = 0; r < REGIONS; r++) {
        for (uint64_t k = 1; r > 0 && k <= NEIGHBOURS; k++) {
            w->col[count] = (int32_t)((r + 4 * k) % REGIONS);
            w->weight[count++] = testing_uniform(seed + 900, r * NEIGHBOURS + k, .1, 2.0);
        }
        w->ptr[r + 1] = count;
    }
    w->weights = (okrug_csr){REGIONS, count, w->ptr, w->col, w->weight};
}

static void split(const world *w, okrug_shift_form form, bool given, parts *p) {
    okrug_ctx *ctx = testing_context(1);
    const okrug_shift_input input = {.regions = REGIONS,
                                     .industries = INDUSTRIES,
                                     .start = w->start,
                                     .end = w->end,
                                     .nation_start = given ? w->nation_start : NULL,
                                     .nation_end = given ? w->nation_end : NULL,
                                     .form = form,
                                     .weights = &w->weights};
    const okrug_shift_results results = {p->national, p->mix,     p->regional, p->allocation,
                                         p->entry,    p->unsplit, p->compared};
    assert_ok(okrug_shift_share(ctx, &input, &results));
    okrug_ctx_free(ctx);
}

static const okrug_shift_form forms[] = {OKRUG_SHIFT_CLASSIC, OKRUG_SHIFT_ESTEBAN_MARQUILLAS, OKRUG_SHIFT_SPATIAL};

static double there(double part) {
    return isnan(part) ? 0.0 : part;
}

static void test_parts_sum_to_the_change(void **state) {
    (void)state;
    int unsplit = 0, entries = 0, exits = 0;
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        world w;
        draw(seed, &w);
        for (int k = 0; k < 6; k++) {
            parts p;
            split(&w, forms[k / 2], k % 2 != 0, &p);
            for (int c = 0; c < CELLS; c++) {
                okrug_sum sum = {0};
                const double part[] = {p.national[c],   p.mix[c],   p.regional[c],
                                       p.allocation[c], p.entry[c], p.unsplit[c]};
                double largest = fmax(w.start[c], w.end[c]);
                for (int i = 0; i < 6; i++) {
                    okrug_sum_add(&sum, there(part[i]));
                    assert_false(isinf(part[i]));
                    largest = fmax(largest, fabs(there(part[i])));
                }
                assert_true(fabs(okrug_sum_value(&sum) - (w.end[c] - w.start[c])) <= 4e-15 * largest);
                assert_true(isnan(p.mix[c]) == isnan(p.regional[c]));
                assert_true(isnan(p.mix[c]) || p.unsplit[c] == 0.0);
                if (w.start[c] == 0.0) {
                    assert_same_double(p.entry[c], w.end[c]);
                    entries++;
                } else {
                    assert_same_double(p.entry[c], 0.0);
                    exits += w.end[c] == 0.0;
                }
                unsplit += isnan(p.mix[c]);
            }
        }
    }
    assert_true(unsplit > 100 && entries > 1000 && exits > 1000);
}

/* Against their own sum, regions together have nothing of their own but what enters: the mix and the regional parts of
 * all cells sum to 0 and to the end of what entered. */
static void test_the_nation_has_no_parts_of_its_own(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        world w;
        draw(seed, &w);
        for (int c = 0; c < CELLS; c++) {
            w.start[c] += 1.0; /* nothing enters */
        }
        parts p;
        split(&w, OKRUG_SHIFT_CLASSIC, false, &p);
        double mix = okrug_sum_of(p.mix, CELLS, 1), all = okrug_sum_of(w.start, CELLS, 1);
        assert_near(mix / all, 0.0, 1e-13);
        for (int i = 0; i < INDUSTRIES; i++) {
            assert_near(okrug_sum_of(p.regional + i, REGIONS, INDUSTRIES) / all, 0.0, 1e-13);
        }
    }
}

static void test_esteban_marquillas_splits_the_regional_part(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        world w;
        draw(seed, &w);
        parts classic, split_up;
        split(&w, OKRUG_SHIFT_CLASSIC, true, &classic);
        split(&w, OKRUG_SHIFT_ESTEBAN_MARQUILLAS, true, &split_up);
        for (int c = 0; c < CELLS; c++) {
            assert_same_double(split_up.national[c], classic.national[c]);
            assert_same_double(there(split_up.mix[c]), there(classic.mix[c]));
            double largest = fmax(fabs(there(split_up.regional[c])), fabs(there(split_up.allocation[c])));
            double both = there(split_up.regional[c]) + there(split_up.allocation[c]);
            assert_true(fabs(both - there(classic.regional[c])) <= 1e-14 * fmax(largest, 1.0));
        }
    }
}

/* Where everyone is everyone's neighbour, oneself included, the neighbours are the nation. */
static void test_neighbours_who_are_the_nation(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        world w;
        draw(seed, &w);
        int64_t ptr[REGIONS + 1];
        int32_t col[REGIONS * REGIONS];
        for (int k = 0; k < REGIONS * REGIONS; k++) {
            col[k] = k % REGIONS;
        }
        for (int r = 0; r <= REGIONS; r++) {
            ptr[r] = r * REGIONS;
        }
        w.weights = (okrug_csr){REGIONS, REGIONS * REGIONS, ptr, col, NULL};
        parts classic, spatial;
        split(&w, OKRUG_SHIFT_CLASSIC, false, &classic);
        split(&w, OKRUG_SHIFT_SPATIAL, false, &spatial);
        for (int c = 0; c < CELLS; c++) {
            assert_same_double(there(spatial.mix[c]), there(classic.mix[c]));
            assert_same_double(there(spatial.regional[c]), there(classic.regional[c]));
        }
    }
}

/* In thousands, and with weights in other units: the same parts. */
static void test_units_do_not_matter(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        world w, thousands;
        draw(seed, &w);
        draw(seed, &thousands);
        for (int c = 0; c < CELLS; c++) {
            thousands.start[c] /= 1000.0;
            thousands.end[c] /= 1000.0;
        }
        for (int k = 0; k < REGIONS * NEIGHBOURS; k++) {
            thousands.weight[k] *= 3.0;
        }
        for (int k = 0; k < 3; k++) {
            parts a, b;
            split(&w, forms[k], false, &a);
            split(&thousands, forms[k], false, &b);
            for (int c = 0; c < CELLS; c++) {
                double size = fmax(1.0, fmax(fabs(there(a.mix[c])), fabs(there(a.regional[c]))));
                assert_near(1000.0 * there(b.mix[c]) / size, there(a.mix[c]) / size, 1e-12);
                assert_near(1000.0 * there(b.regional[c]) / size, there(a.regional[c]) / size, 1e-12);
                assert_near(1000.0 * b.unsplit[c] / size, a.unsplit[c] / size, 1e-9);
            }
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts_sum_to_the_change),
        cmocka_unit_test(test_the_nation_has_no_parts_of_its_own),
        cmocka_unit_test(test_esteban_marquillas_splits_the_regional_part),
        cmocka_unit_test(test_neighbours_who_are_the_nation),
        cmocka_unit_test(test_units_do_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
