/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * When periods begin, from their names.
 */
#include "analyses/periods.h"
#include "matrices.h"

static void test_years(void **state) {
    (void)state;
    static const struct {
        const char *name;
        double years;
    } told[] = {{"2021", 2021},         {"2021-07", 2021.5},
                {"202107", 2021.5},     {"2021-07-01", 2021.5},
                {"01.07.2021", 2021.5}, {"20210701", 2021.5},
                {"2021Q3", 2021.5},     {"2021-Q3", 2021.5},
                {"2021 q1", 2021},      {"2021-12-31", 2021 + (11.0 + 30.0 / 31.0) / 12.0},
                {"1.5", 1.5},           {"3", 3},
                {"202113", 202113}};
    static const char *const untold[] = {"",      "Q1",       "2021Q5", "2021-13", "2021-1",
                                         "early", "2021 год", "2021Q",  "2021/22"};
    for (size_t k = 0; k < sizeof told / sizeof *told; k++) {
        double years = 0.0;
        assert_true(okrug_period_years(told[k].name, &years));
        assert_near(years, told[k].years, 1e-9);
    }
    for (size_t k = 0; k < sizeof untold / sizeof *untold; k++) {
        double years = 0.0;
        assert_false(okrug_period_years(untold[k], &years));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_years)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
