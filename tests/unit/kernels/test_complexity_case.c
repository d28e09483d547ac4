/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Complexity against the Growth Lab's Stata program on its own sample: tests/case/complexity.
 */
#include <stdio.h>

#include <okrug/complexity.h>

#include "matrices.h"

enum { REGIONS = 10, PRODUCTS = 30, CODE = 8 };

/* okrug's values times this are those of the reference (see SOURCE.txt). */
static double scale;
static char region_code[REGIONS][CODE], product_code[PRODUCTS][CODE];
static double value[REGIONS * PRODUCTS], rca[REGIONS * PRODUCTS], presence[REGIONS * PRODUCTS];
static double diversity[REGIONS], ubiquity[PRODUCTS], eci[REGIONS], pci[PRODUCTS], coi[REGIONS];
static double proximity[PRODUCTS * PRODUCTS], density[REGIONS * PRODUCTS], cog[REGIONS * PRODUCTS];

static FILE *open_case(const char *name) {
    const char *source = getenv("OKRUG_SOURCE");
    char path[1024], header[128];
    int length = snprintf(path, sizeof path, "%s/tests/case/complexity/%s", source != NULL ? source : ".", name);
    assert_true(length > 0 && (size_t)length < sizeof path);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_non_null(fgets(header, sizeof header, file));
    return file;
}

static int find(const char codes[][CODE], int count, const char *code) {
    for (int i = 0; i < count; i++) {
        if (strcmp(codes[i], code) == 0) {
            return i;
        }
    }
    fail_msg("no %s", code);
    return -1;
}

static int compute(void **state) {
    (void)state;
    FILE *file = open_case("trade_1995.csv");
    for (int cell = 0; cell < REGIONS * PRODUCTS; cell++) { /* all products of the first region, and so on */
        assert_int_equal(fscanf(file, " %7[^,],%7[^,],%lf", region_code[cell / PRODUCTS], product_code[cell % PRODUCTS],
                                &value[cell]),
                         3);
    }
    fclose(file);
    scale = sqrt(299.0 / 300.0);
    okrug_ctx *ctx = testing_context(2);
    okrug_complexity_summary summary;
    assert_ok(okrug_presence(ctx, REGIONS, PRODUCTS, value, 1.0, rca, presence));
    assert_ok(okrug_complexity_scores(ctx, REGIONS, PRODUCTS, presence, diversity, ubiquity, eci, pci, &summary));
    assert_ok(okrug_proximity(ctx, REGIONS, PRODUCTS, presence, proximity));
    assert_ok(okrug_density(ctx, REGIONS, PRODUCTS, presence, proximity, 1.0, density));
    assert_ok(
        okrug_complexity_outlook(ctx, REGIONS, PRODUCTS, presence, proximity, density, pci, summary.origin, coi, cog));
    okrug_ctx_free(ctx);
    return 0;
}

static void test_regions(void **state) {
    (void)state;
    FILE *file = open_case("expected_regions.csv");
    char code[CODE];
    double expected[3];
    int rows = 0;
    while (fscanf(file, " %7[^,],%lf,%lf,%lf", code, &expected[0], &expected[1], &expected[2]) == 4) {
        int r = find(region_code, REGIONS, code);
        assert_near(diversity[r], expected[0], 0.0);
        assert_near(eci[r] * scale, expected[1], 1e-6);
        assert_near(coi[r] * scale, expected[2], 1e-6);
        rows++;
    }
    assert_int_equal(rows, 9);
    fclose(file);
}

static void test_industries(void **state) {
    (void)state;
    FILE *file = open_case("expected_industries.csv");
    char code[CODE];
    double expected[2];
    int rows = 0;
    while (fscanf(file, " %7[^,],%lf,%lf", code, &expected[0], &expected[1]) == 3) {
        int p = find(product_code, PRODUCTS, code);
        assert_near(ubiquity[p], expected[0], 0.0);
        assert_near(pci[p] * scale, expected[1], 1e-6);
        rows++;
    }
    assert_int_equal(rows, PRODUCTS);
    fclose(file);
}

static void test_cells(void **state) {
    (void)state;
    FILE *file = open_case("expected_cells.csv");
    char region[CODE], product[CODE];
    double expected[2];
    int rows = 0;
    while (fscanf(file, " %7[^,],%7[^,],%lf,%lf", region, product, &expected[0], &expected[1]) == 4) {
        int cell = find(region_code, REGIONS, region) * PRODUCTS + find(product_code, PRODUCTS, product);
        assert_near(density[cell], expected[0], 1e-6);
        assert_near(cog[cell] * scale, expected[1], 1e-6);
        rows++;
    }
    assert_int_equal(rows, 41);
    fclose(file);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_regions),
        cmocka_unit_test(test_industries),
        cmocka_unit_test(test_cells),
    };
    return cmocka_run_group_tests(tests, compute, NULL);
}
