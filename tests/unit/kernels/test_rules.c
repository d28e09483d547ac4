/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Verdicts and measures by hand: bounds that settle a verdict and bounds that do not, conditions, exempt firms.
 */
#include "groups.h"

#define SPAN(a, b) ((okrug_span){(a), (b)})

static void test_compared(void **state) {
    (void)state;
    assert_int_equal(okrug_compared(SPAN(.2, .3), OKRUG_AT_LEAST, .2), OKRUG_YES);
    assert_int_equal(okrug_compared(SPAN(.1, .3), OKRUG_AT_LEAST, .2), OKRUG_UNKNOWN);
    assert_int_equal(okrug_compared(SPAN(.1, .19), OKRUG_AT_LEAST, .2), OKRUG_NO);
    assert_int_equal(okrug_compared(SPAN(3.0, 3.0), OKRUG_AT_MOST, 3.0), OKRUG_YES);
    assert_int_equal(okrug_compared(SPAN(.3, .3), OKRUG_BELOW, .3), OKRUG_NO);
    assert_int_equal(okrug_compared(SPAN(1.2, 1.3), OKRUG_ABOVE, 1.2), OKRUG_UNKNOWN);
    assert_int_equal(okrug_compared(SPAN(NAN, NAN), OKRUG_AT_LEAST, 0.0), OKRUG_UNKNOWN);
    assert_int_equal(okrug_compared(SPAN(.1 + .2, .1 + .2), OKRUG_AT_MOST, .3), OKRUG_YES); /* 0.30000000000000004 */
}

static void test_codes(void **state) {
    (void)state;
    for (int m = 0; m < OKRUG_MEASURES_COUNT; m++) {
        okrug_measure found;
        assert_true(okrug_measure_find(okrug_measure_code((okrug_measure)m), &found));
        assert_int_equal(found, m);
    }
    okrug_measure none;
    assert_false(okrug_measure_find("participant", &none));
}

/* 20 % below a share of 30 %, 10 % from there on: what is between is settled only where the condition is, or where both
 * agree. */
static void test_condition(void **state) {
    (void)state;
    const okrug_rule rules[] = {
        {.slot = 0,
         .compare = OKRUG_AT_LEAST,
         .value = .2,
         .when_slot = 1,
         .when_compare = OKRUG_BELOW,
         .when_value = .3},
        {.slot = 0,
         .compare = OKRUG_AT_LEAST,
         .value = .1,
         .when_slot = 1,
         .when_compare = OKRUG_AT_LEAST,
         .when_value = .3},
    };
    static const struct {
        double level, lo, hi;
        okrug_verdict verdict;
        int64_t rule;
    } cases[] = {
        {.15, .3, .3, OKRUG_MET, 1}, {.15, .2, .2, OKRUG_NOT_MET, 0}, {.15, .2, .4, OKRUG_NOT_ENOUGH_EVIDENCE, 0},
        {.25, .2, .4, OKRUG_MET, 0}, {.05, .2, .4, OKRUG_NOT_MET, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const okrug_span span[2] = {SPAN(cases[i].level, cases[i].level), SPAN(cases[i].lo, cases[i].hi)};
        okrug_judgement j;
        okrug_rules_judge(rules, 2, span, 1, &j);
        assert_int_equal(j.verdict, cases[i].verdict);
        assert_int_equal(j.rule, cases[i].rule);
        assert_int_equal(j.uncertain, cases[i].lo != cases[i].hi);
    }
}

/* Two rules together: the worse one counts. No rule, or one without a value, is an answer. */
static void test_together(void **state) {
    (void)state;
    okrug_rule rules[2] = {{.compare = OKRUG_AT_LEAST, .value = 2.0, .when_slot = -1},
                           {.compare = OKRUG_AT_MOST, .value = 3.0, .when_slot = -1}};
    const okrug_span good = SPAN(2.0, 3.0), bad = SPAN(4.0, 4.0), open = SPAN(1.0, 3.0);
    okrug_judgement j[2];
    okrug_rules_judge(rules, 2, &good, 2, j);
    assert_int_equal(j[0].verdict, OKRUG_MET);
    assert_int_equal(j[1].verdict, OKRUG_NO_RULE);
    assert_int_equal(j[1].rule, -1);
    okrug_rules_judge(rules, 2, &bad, 1, j);
    assert_int_equal(j[0].verdict, OKRUG_NOT_MET);
    assert_int_equal(j[0].rule, 1);
    okrug_rules_judge(rules, 2, &open, 1, j);
    assert_int_equal(j[0].verdict, OKRUG_NOT_ENOUGH_EVIDENCE);
    rules[0].value = NAN;
    okrug_rules_judge(rules, 1, &good, 1, j);
    assert_int_equal(j[0].verdict, OKRUG_NO_RULE);
    assert_int_equal(j[0].rule, 0);
}

static void test_shares(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    testing_group t;
    testing_group_begin(&t, 5);
    testing_group_contract(&t, 0, 1, 20.0, 24.0); /* VAT is not told */
    testing_group_contract(&t, 1, 2, 30.0, 30.0);
    testing_group_contract(&t, 1, 0, 10.0, 10.0);
    t.revenue[2] = NAN;        /* sells nothing within: 0, whatever its output */
    t.producing[3] = OKRUG_NO; /* asked for nothing */
    t.revenue[3] = 0.0;
    testing_group_contract(&t, 4, 0, 5.0, 5.0);
    t.revenue[4] = NAN;
    assert_ok(testing_group_measure(ctx, &t));
    assert_near(t.share[0].lo, .2, 1e-15);
    assert_near(t.share[0].hi, .24, 1e-15);
    assert_near(t.share[1].lo, .4, 1e-15);
    assert_near(t.share[2].hi, 0.0, 0.0);
    assert_true(isnan(t.share[3].lo));
    assert_near(t.share[4].lo, 0.0, 0.0);
    assert_near(t.share[4].hi, 1.0, 0.0);
    assert_near(t.span[OKRUG_MEASURE_PARTICIPANT_SHARE].hi, 0.0, 0.0);
    assert_int_equal(t.contracts[1], 2);
    assert_int_equal(t.has[2], OKRUG_YES); /* as a buyer */
    assert_int_equal(t.has[3], OKRUG_NO);
    assert_near(t.span[OKRUG_MEASURE_WITHOUT_CONTRACT].lo, 1.0, 0.0);
    assert_near(t.span[OKRUG_MEASURE_NON_PRODUCING].lo, 1.0, 0.0);
    assert_near(t.span[OKRUG_MEASURE_GENERAL_DEPENDENCE].lo, 0.0, 0.0); /* output that is not known may be any */
    assert_near(t.span[OKRUG_MEASURE_GENERAL_DEPENDENCE].hi, 1.0, 0.0);
    okrug_ctx_free(ctx);
}

static void test_general(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    testing_group t;
    testing_group_begin(&t, 3);
    t.revenue[2] = 300.0;
    testing_group_contract(&t, 0, 1, 50.0, 60.0);
    testing_group_contract(&t, 2, 1, 30.0, 30.0);
    assert_ok(testing_group_measure(ctx, &t));
    assert_near(t.span[OKRUG_MEASURE_GENERAL_DEPENDENCE].lo, 80.0 / 500.0, 1e-15);
    assert_near(t.span[OKRUG_MEASURE_GENERAL_DEPENDENCE].hi, 90.0 / 500.0, 1e-15);
    assert_near(t.span[OKRUG_MEASURE_MEAN_DEPENDENCE].lo, (.5 + 0.0 + .1) / 3.0, 1e-15);
    assert_near(t.span[OKRUG_MEASURE_PARTICIPANT_SHARE].lo, 0.0, 0.0);
    t.open[0] = 1; /* no amount: up to all output of the first, and no more of the others */
    assert_ok(testing_group_measure(ctx, &t));
    assert_near(t.within_lo[0], 50.0, 0.0);
    assert_near(t.within_hi[0], 100.0, 0.0);
    assert_near(t.span[OKRUG_MEASURE_GENERAL_DEPENDENCE].hi, 130.0 / 500.0, 1e-15);
    t.revenue[0] = NAN;
    assert_ok(testing_group_measure(ctx, &t));
    assert_true(isinf(t.within_hi[0]));
    assert_near(t.span[OKRUG_MEASURE_GENERAL_DEPENDENCE].hi, 1.0, 0.0);
    t.revenue[0] = 100.0;
    t.group.contracts_known = false;
    t.group.contracts = 0;
    assert_ok(testing_group_measure(ctx, &t));
    assert_near(t.span[OKRUG_MEASURE_PARTICIPANT_SHARE].hi, 1.0, 0.0);
    assert_near(t.span[OKRUG_MEASURE_WITHOUT_CONTRACT].hi, 3.0, 0.0);
    assert_near(t.span[OKRUG_MEASURE_WITHOUT_CONTRACT].lo, 0.0, 0.0);
    okrug_ctx_free(ctx);
}

static void test_counts(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    testing_group t;
    testing_group_begin(&t, 4);
    t.producing[0] = t.producing[1] = OKRUG_NO;
    t.producing[2] = OKRUG_UNKNOWN;
    t.organises[0] = OKRUG_YES;
    t.organises[2] = OKRUG_UNKNOWN;
    t.special[3] = OKRUG_YES;
    t.special[2] = OKRUG_UNKNOWN;
    t.region[1] = 3;
    t.region[2] = -1;
    t.role[1] = 1;
    t.role[2] = -1;
    t.productive[3] = NAN;
    assert_ok(testing_group_measure(ctx, &t));
    assert_near(t.span[OKRUG_MEASURE_NON_PRODUCING].lo, 2.0, 0.0);
    assert_near(t.span[OKRUG_MEASURE_NON_PRODUCING].hi, 3.0, 0.0);
    assert_near(t.span[OKRUG_MEASURE_NON_PRODUCING_IDLE].lo, 1.0, 0.0);
    assert_near(t.span[OKRUG_MEASURE_NON_PRODUCING_IDLE].hi, 2.0, 0.0);
    assert_near(t.span[OKRUG_MEASURE_SPECIAL_TERRITORY_SHARE].lo, .25, 0.0);
    assert_near(t.span[OKRUG_MEASURE_SPECIAL_TERRITORY_SHARE].hi, .5, 0.0);
    assert_near(t.span[OKRUG_MEASURE_REGIONS].lo, 2.0, 0.0);
    assert_near(t.span[OKRUG_MEASURE_REGIONS].hi, 3.0, 0.0);
    assert_near(t.span[OKRUG_MEASURE_PARTICIPANT_ROLES].hi, 2.0, 0.0);
    assert_near(t.span[OKRUG_MEASURE_PRODUCTIVE_WORKPLACES_SHARE].lo, 15.0 / 40.0, 1e-15);
    assert_near(t.span[OKRUG_MEASURE_PRODUCTIVE_WORKPLACES_SHARE].hi, 25.0 / 40.0, 1e-15);
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_compared), cmocka_unit_test(test_codes),  cmocka_unit_test(test_condition),
        cmocka_unit_test(test_together), cmocka_unit_test(test_shares), cmocka_unit_test(test_general),
        cmocka_unit_test(test_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
