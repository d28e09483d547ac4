/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What holds for any constant-market-share analysis: the parts sum to the change, order and scale do not matter, and
 * whoever keeps all shares has gained no competitiveness.
 */
#include <okrug/market_share.h>

#include "matrices.h"

typedef struct {
    int64_t k, j;
    double *x0, *x1, *v0, *v1;
    okrug_market_results r;
} world;

static world world_new(int64_t k, int64_t j) {
    return (world){.k = k,
                   .j = j,
                   .x0 = testing_numbers(k * j),
                   .x1 = testing_numbers(k * j),
                   .v0 = testing_numbers(k * j),
                   .v1 = testing_numbers(k * j),
                   .r = {testing_numbers(k * j), testing_numbers(k * j), testing_numbers(k * j), testing_numbers(k * j),
                         testing_numbers(k * j), testing_numbers(k), 0.0}};
}

static void world_free(world *w) {
    double *all[] = {w->x0,        w->x1,          w->v0,       w->v1,
                     w->r.world,   w->r.commodity, w->r.market, w->r.competitiveness,
                     w->r.unsplit, w->r.growth};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        free(all[i]);
    }
}

/* One sale in four is 0, one market in eight had nothing. */
static void draw(uint64_t seed, world *w) {
    for (int64_t cell = 0; cell < w->k * w->j; cell++) {
        uint64_t c = (uint64_t)cell;
        w->x0[cell] = c % 4 == 1 ? 0.0 : testing_uniform(seed, 4 * c, 0.0, 100.0);
        w->x1[cell] = c % 4 == 2 ? 0.0 : testing_uniform(seed, 4 * c + 1, 0.0, 100.0);
        w->v0[cell] = c % 8 == 3 ? 0.0 : 100.0 + testing_uniform(seed, 4 * c + 2, 0.0, 1000.0);
        w->v1[cell] = 100.0 + testing_uniform(seed, 4 * c + 3, 0.0, 1000.0);
    }
}

static void compute(world *w) {
    okrug_ctx *ctx = testing_context(1);
    const okrug_market_input in = {w->k, w->j, w->x0, w->x1, w->v0, w->v1};
    assert_ok(okrug_market_share(ctx, &in, &w->r));
    okrug_ctx_free(ctx);
}

static double there(double part) {
    return isnan(part) ? 0.0 : part;
}

static const int64_t sizes[][2] = {{1, 1}, {7, 1}, {1, 9}, {12, 5}};
enum { SIZES = sizeof sizes / sizeof sizes[0], SEEDS = 5 };

static void test_parts_sum_to_the_change(void **state) {
    (void)state;
    for (int size = 0; size < SIZES; size++) {
        for (uint64_t seed = 1; seed <= SEEDS; seed++) {
            world w = world_new(sizes[size][0], sizes[size][1]);
            draw(seed, &w);
            compute(&w);
            for (int64_t c = 0; c < w.k * w.j; c++) {
                double sum = there(w.r.world[c]) + there(w.r.commodity[c]) + there(w.r.market[c]) +
                             there(w.r.competitiveness[c]) + w.r.unsplit[c];
                assert_near(sum, w.x1[c] - w.x0[c], 1e-10);
            }
            world_free(&w);
        }
    }
}

static void test_kept_shares_are_no_competitiveness(void **state) {
    (void)state;
    world w = world_new(6, 4);
    draw(3, &w);
    for (int64_t c = 0; c < 24; c++) {
        w.v0[c] += 1.0;
        w.x1[c] = w.x0[c] / w.v0[c] * w.v1[c];
    }
    compute(&w);
    for (int64_t c = 0; c < 24; c++) {
        assert_near(w.r.competitiveness[c], 0.0, 1e-10);
    }
    world_free(&w);
}

static void test_order_and_scale_do_not_matter(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        world w = world_new(6, 4), s = world_new(6, 4);
        draw(seed, &w);
        int64_t *row = testing_permutation(seed + 9, 6), *column = testing_permutation(seed, 4);
        for (int64_t c = 0; c < 24; c++) {
            int64_t from = row[c / 4] * 4 + column[c % 4];
            s.x0[c] = w.x0[from] * 1024.0;
            s.x1[c] = w.x1[from] * 1024.0;
            s.v0[c] = w.v0[from] * 1024.0;
            s.v1[c] = w.v1[from] * 1024.0;
        }
        compute(&w);
        compute(&s);
        for (int64_t c = 0; c < 24; c++) {
            int64_t from = row[c / 4] * 4 + column[c % 4];
            assert_near(there(s.r.world[c]), there(w.r.world[from]) * 1024.0, 1e-8);
            assert_near(there(s.r.commodity[c]), there(w.r.commodity[from]) * 1024.0, 1e-8);
            assert_near(there(s.r.market[c]), there(w.r.market[from]) * 1024.0, 1e-8);
            assert_near(there(s.r.competitiveness[c]), there(w.r.competitiveness[from]) * 1024.0, 1e-8);
            assert_near(s.r.unsplit[c], w.r.unsplit[from] * 1024.0, 1e-8);
        }
        free(row);
        free(column);
        world_free(&w);
        world_free(&s);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts_sum_to_the_change),
        cmocka_unit_test(test_kept_shares_are_no_competitiveness),
        cmocka_unit_test(test_order_and_scale_do_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
