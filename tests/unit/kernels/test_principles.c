/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Formation principles, stars and traded marks: small networks and tables that can be worked out by hand.
 */
#include <okrug/principles.h>

#include "matrices.h"

typedef struct {
    int from, to;
} link;

static void levels(int n, int links, const link *of, const double *expected, double incoherence, double span) {
    okrug_ctx *ctx = testing_context(1);
    double flow[36] = {0}, level[6];
    okrug_trophic result;
    for (int k = 0; k < links; k++) {
        flow[of[k].from * n + of[k].to] = 2.5;
    }
    flow[0] = 7.0; /* what an industry sells to itself does not count */
    assert_ok(okrug_trophic_levels(ctx, n, flow, level, &result));
    for (int i = 0; i < n; i++) {
        assert_near(level[i], expected[i], 1e-14);
    }
    assert_near(result.incoherence, incoherence, 1e-14);
    assert_near(result.span, span, 1e-14);
    okrug_ctx_free(ctx);
}

/* MacKay, Johnson and Sansom (2020). */
static void test_levels(void **state) {
    (void)state;
    levels(4, 3, (link[]){{0, 1}, {1, 2}, {2, 3}}, (double[]){0, 1, 2, 3}, 0.0, 3.0);
    levels(4, 4, (link[]){{0, 1}, {1, 2}, {2, 3}, {3, 0}}, (double[]){0, 0, 0, 0}, 1.0, 0.0);
    levels(3, 3, (link[]){{0, 1}, {1, 2}, {0, 2}}, (double[]){0, 2. / 3, 4. / 3}, 1. / 9, 4. / 3);
    levels(6, 3, (link[]){{0, 1}, {4, 2}, {2, 3}}, (double[]){0, 1, 1, 2, 0, 0}, 0.0, 2.0);
}

static void test_no_flows(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    double flow[4] = {3, 0, 0, 4}, level[2];
    okrug_trophic result;
    assert_ok(okrug_trophic_levels(ctx, 2, flow, level, &result));
    assert_true(isnan(result.incoherence) && result.span == 0.0 && level[1] == 0.0);
    okrug_ctx_free(ctx);
}

/* Nodes 0, 1: the set; 2, 3: goods; 4, 5: services; 6, 7: buyers. Columns of goods (3, 4) and (4, 3): cosine 24/25; of
 * services (1, 0) and (1, 1): 1/sqrt 2; rows to buyers (1, 0) and (0, 1): 0. 0 sells 2 to 1. */
static void test_scores(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    double flow[64] = {0};
    const bool service[8] = {false, false, false, false, true, true, false, false};
    const int64_t group[8] = {1, 0, 2, 3, 4, 4, 5, 5}, member[2] = {0, 1};
    okrug_flows flows = {8, flow, service, group, 6};
    okrug_flow_frame frame;
    okrug_principle_scores of;
    flow[2 * 8 + 0] = 3, flow[3 * 8 + 0] = 4, flow[2 * 8 + 1] = 4, flow[3 * 8 + 1] = 3;
    flow[4 * 8 + 0] = 1, flow[4 * 8 + 1] = 1, flow[5 * 8 + 1] = 1;
    flow[0 * 8 + 6] = 1, flow[1 * 8 + 7] = 1, flow[0 * 8 + 1] = 2;
    assert_ok(okrug_flow_frame_make(ctx, &flows, &frame));
    assert_ok(okrug_principle_scores_of(ctx, &frame, 2, member, &of));
    double internal = 2.0 / 19.0;
    assert_near(of.internal, internal, 1e-15);
    assert_near(of.score[OKRUG_COMMON_SUPPLIERS], 24.0 / 25.0, 1e-15);
    assert_near(of.score[OKRUG_COMMON_PRODUCT], 3.0 / 4.0, 1e-15);
    assert_near(of.score[OKRUG_COMMON_MARKET], 0.0, 1e-15);
    assert_near(of.score[OKRUG_COMMON_SERVICES], sqrt(.5) * (1.0 - internal), 1e-15);
    assert_near(of.score[OKRUG_TECHNOLOGICAL_CHAIN], internal, 1e-15);
    okrug_ctx_free(ctx);
}

static void test_against_chance(void **state) {
    (void)state;
    const double chance[] = {.1, 9, .2, 9, .3, 9}, same[] = {.5, .5, .5};
    okrug_against_chance of;
    okrug_principle_against(.3, 3, chance, 2, &of);
    assert_near(of.mean, .2, 1e-15);
    assert_near(of.z, 1.0, 1e-13);
    assert_near(of.p, .5, 0.0);
    assert_near(of.reach, .1 / .8, 1e-15);
    okrug_principle_against(.7, 3, same, 1, &of);
    assert_true(isnan(of.z) && of.p == .25);
}

static void test_labels(void **state) {
    (void)state;
    const okrug_principle_need need = {2.0, .5, .35, 2.0};
    okrug_principle_scores scores = {.trophic = {.1, 3.0}};
    okrug_against_chance against[OKRUG_PRINCIPLES] = {[OKRUG_COMMON_SUPPLIERS] = {.z = 3, .reach = .6},
                                                      [OKRUG_COMMON_PRODUCT] = {.z = (double)NAN},
                                                      [OKRUG_COMMON_MARKET] = {.z = 5, .reach = .4},
                                                      [OKRUG_COMMON_SERVICES] = {.z = 1, .reach = .9},
                                                      [OKRUG_TECHNOLOGICAL_CHAIN] = {.z = 4, .reach = 0}};
    okrug_principle_labels labels;
    okrug_principle_labels_of(&scores, against, &need, &labels);
    assert_int_equal(labels.count, 2);
    assert_int_equal(labels.label[0], OKRUG_TECHNOLOGICAL_CHAIN);
    assert_int_equal(labels.label[1], OKRUG_COMMON_SUPPLIERS);
    assert_near(labels.margin, -2.0, 0.0);
    scores.trophic.span = nextafter(need.span, 0.0); /* rounding of levels denies no chain */
    okrug_principle_labels_of(&scores, against, &need, &labels);
    assert_int_equal(labels.count, 2);
    scores.trophic.span = need.span - 1e-6;
    okrug_principle_labels_of(&scores, against, &need, &labels);
    assert_int_equal(labels.count, 1);
    scores.trophic.span = need.span;
    scores.trophic.incoherence = .35; /* no chain: the limit itself is out */
    okrug_principle_labels_of(&scores, against, &need, &labels);
    assert_int_equal(labels.count, 1);
}

static void test_top_line(void **state) {
    (void)state;
    const double x[] = {5, 1, (double)NAN, 3, 3, 3, 2, 0, 0, 0, 0};
    double work[11];
    assert_near(okrug_top_line(11, x, .1, work), 5.0, 0.0);
    assert_near(okrug_top_line(11, x, .2, work), 3.0, 0.0); /* two of ten, and the two that are equal to the second */
    assert_near(okrug_top_line(11, x, 1.0, work), 0.0, 0.0);
    assert_true(isnan(okrug_top_line(1, x + 2, .1, work)));
}

/* Two industries over six equal regions: one in the first only, one even. */
static void test_traded(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    const double value[12] = {6, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1}, total[6] = {10, 10, 10, 10, 10, 10};
    double specialised[2], top[2], gini[2], most[2], share[2];
    okrug_traded_results results = {specialised, top, gini, most, share};
    assert_ok(okrug_traded(ctx, 6, 2, value, total, &results));
    assert_near(specialised[0], 1.0, 0.0);
    assert_near(top[0], 6.0 / 5.0, 1e-15);
    assert_near(gini[0], 5.0 / 6.0, 1e-15);
    assert_near(top[1], 1.0, 1e-15);
    assert_near(most[0], .6 / 5.0 * 60.0 / 6.0, 1e-15); /* 6 fill .6 of one region of 10: where it is already */
    assert_near(share[0], .1, 1e-15);
    const double sizes[6] = {5, 1, 40, 2, 10, 2}; /* 6 fill 1, 2, 2 and .2 of 5: 3.2 regions with a quotient of 10 */
    assert_ok(okrug_traded(ctx, 6, 2, value, sizes, &results));
    assert_near(most[0], 3.2 / 5.0 * 10.0, 1e-14);
    assert_ok(okrug_traded(ctx, 6, 2, value, total, &results));
    assert_near(gini[1], 0.0, 1e-15);
    assert_ok(okrug_traded(ctx, 3, 2, value, total, &results));
    assert_true(isnan(top[0]) && specialised[0] == 1.0); /* fewer than five regions */
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_levels),         cmocka_unit_test(test_no_flows), cmocka_unit_test(test_scores),
        cmocka_unit_test(test_against_chance), cmocka_unit_test(test_labels),   cmocka_unit_test(test_top_line),
        cmocka_unit_test(test_traded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
