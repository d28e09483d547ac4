/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shift-share against published values, and where a part has none.
 */
#include <okrug/shift_share.h>

#include "matrices.h"

enum { REGIONS = 3, INDUSTRIES = 4, CELLS = REGIONS * INDUSTRIES };

static const double start[CELLS] = {90.0, 20.0, 10.0, 60.0, 60.0, 30.0, 30.0, 40.0, 250.0, 100.0, 110.0, 300.0};
static const double end[CELLS] = {100.0, 40.0, 10.0, 55.0, 85.0, 55.0, 40.0, 35.0, 255.0, 115.0, 85.0, 390.0};
static const int64_t ptr[REGIONS + 1] = {0, 2, 4, 6};
static const int32_t col[6] = {1, 2, 0, 2, 0, 1};

typedef struct {
    double national[CELLS], mix[CELLS], regional[CELLS], allocation[CELLS], entry[CELLS], unsplit[CELLS],
        compared[CELLS];
} parts;

static void split(const okrug_shift_input *input, parts *p) {
    okrug_ctx *ctx = testing_context(1);
    const okrug_shift_results results = {p->national, p->mix,     p->regional, p->allocation,
                                         p->entry,    p->unsplit, p->compared};
    assert_ok(okrug_shift_share(ctx, input, &results));
    okrug_ctx_free(ctx);
}

static double first_region(const double *part) {
    return okrug_sum_of(part, INDUSTRIES, 1);
}

static void test_three_forms(void **state) {
    (void)state;
    const okrug_csr weights = {REGIONS, 6, ptr, col, NULL};
    okrug_shift_input in = {
        .regions = REGIONS, .industries = INDUSTRIES, .start = start, .end = end, .weights = &weights};
    parts p;
    split(&in, &p);
    assert_near(first_region(p.national), 27.0, 1e-14);
    assert_near(first_region(p.mix), 1.0, 1e-14);
    assert_near(first_region(p.regional), -3.0, 1e-14);
    assert_near(first_region(p.allocation), 0.0, 0.0);
    in.form = OKRUG_SHIFT_ESTEBAN_MARQUILLAS;
    split(&in, &p);
    assert_near(first_region(p.mix), 1.0, 1e-14);
    assert_near(first_region(p.regional), -.6363636, 5e-8);
    assert_near(first_region(p.allocation), -2.3636364, 5e-8);
    in.form = OKRUG_SHIFT_SPATIAL;
    split(&in, &p);
    assert_near(first_region(p.national), 27.0, 1e-14);
    assert_near(first_region(p.mix), 1.792095, 5e-7);
    assert_near(first_region(p.regional), -3.792095, 5e-7);
}

/* The nation given: for one of the three, the others' sums taken from outside. */
static void test_given_nation(void **state) {
    (void)state;
    static const double before[INDUSTRIES] = {400.0, 150.0, 150.0, 400.0};
    static const double after[INDUSTRIES] = {440.0, 210.0, 135.0, 480.0};
    const okrug_shift_input in = {.regions = 1,
                                  .industries = INDUSTRIES,
                                  .start = start,
                                  .end = end,
                                  .nation_start = before,
                                  .nation_end = after};
    parts p;
    split(&in, &p);
    assert_near(first_region(p.national), 27.0, 1e-14);
    assert_near(first_region(p.mix), 1.0, 1e-14);
    assert_near(first_region(p.regional), -3.0, 1e-14);
}

static void test_nothing_to_compare_with(void **state) {
    (void)state;
    static const double here[2] = {10.0, 0.0}, later[2] = {4.0, 7.0}, nothing[2] = {0.0, 0.0};
    okrug_shift_input in = {
        .regions = 1, .industries = 2, .start = here, .end = later, .nation_start = nothing, .nation_end = later};
    parts p;
    split(&in, &p);
    assert_same_double(p.national[0], 0.0);
    assert_nan(p.mix[0]);
    assert_nan(p.regional[0]);
    assert_nan(p.compared[0]);
    assert_same_double(p.unsplit[0], -6.0);
    assert_same_double(p.entry[1], 7.0);
    in.form = OKRUG_SHIFT_ESTEBAN_MARQUILLAS;
    split(&in, &p);
    assert_nan(p.allocation[0]);
    assert_same_double(p.unsplit[0], -6.0);
    /* No neighbours at all. */
    static const int64_t none[2] = {0, 0};
    const okrug_csr island = {1, 0, none, col, NULL};
    in = (okrug_shift_input){
        .regions = 1, .industries = 2, .start = here, .end = later, .form = OKRUG_SHIFT_SPATIAL, .weights = &island};
    split(&in, &p);
    assert_near(p.national[0], 1.0, 1e-15);
    assert_near(p.unsplit[0], -7.0, 1e-15);
    assert_nan(p.mix[0]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_three_forms),
        cmocka_unit_test(test_given_nation),
        cmocka_unit_test(test_nothing_to_compare_with),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
