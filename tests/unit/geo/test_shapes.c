/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which shapes touch, by point and by line, and where their middles are.
 */
#include <okrug/geo.h>

#include "matrices.h"
#include "outlines.h"

enum { SHAPES = 8 };
static char text[SHAPES][OUTLINE_TEXT];
static const char *shape[SHAPES];
static const char *const name[SHAPES] = {"A", "B", "C", "D", "E", "F", "G", "H"};

/* Pairs as letters: "AB BC". */
static void assert_pairs(int64_t n, okrug_contact contact, double snap, const char *expected) {
    okrug_ctx *ctx = testing_context(1);
    okrug_shapes *shapes = NULL;
    okrug_pairs pairs;
    char said[100] = "";
    assert_ok(okrug_shapes_new(ctx, n, shape, name, &shapes));
    assert_ok(okrug_shapes_touching(ctx, shapes, contact, snap, &pairs));
    for (int64_t k = 0; k < pairs.count; k++) {
        snprintf(said + strlen(said), 5, "%s%s%s", k > 0 ? " " : "", name[pairs.a[k]], name[pairs.b[k]]);
    }
    assert_string_equal(said, expected);
    okrug_pairs_free(&pairs);
    okrug_shapes_free(shapes);
    okrug_ctx_free(ctx);
}

/* Four squares of a board: sides and corners. */
static void test_board(void **state) {
    (void)state;
    for (int i = 0; i < 4; i++) {
        shape[i] = outline_box(text[i], i % 2, i / 2, 1, 1);
    }
    shape[4] = NULL;
    assert_pairs(5, OKRUG_SHARE_POINT, 0, "AB AC AD BC BD CD");
    assert_pairs(5, OKRUG_SHARE_LINE, 0, "AB AC BD CD");
    assert_pairs(5, OKRUG_SHARE_LINE, 1e-6, "AB AC BD CD");
    assert_pairs(0, OKRUG_SHARE_POINT, 0, "");
}

/* Sides that share no corner: B's edge ends within A's and within C's. */
static void test_edges_without_common_corners(void **state) {
    (void)state;
    shape[0] = outline_box(text[0], 0, 0, 1, 3);
    shape[1] = outline_box(text[1], 1, 1, 1, 1);
    shape[2] = outline_box(text[2], 2, 1.5, 1, 3);
    assert_pairs(3, OKRUG_SHARE_POINT, 0, "AB BC");
    assert_pairs(3, OKRUG_SHARE_LINE, 0, "AB BC");
    assert_pairs(3, OKRUG_SHARE_LINE, 1e-3, "AB BC");
}

/* A gap, and an overlap, of 0.004. */
static void test_snap(void **state) {
    (void)state;
    shape[0] = outline_box(text[0], 0, 0, 1, 1);
    shape[1] = outline_box(text[1], 1.004, 0, 1, 1);
    shape[2] = outline_box(text[2], 2.0, 0.5, 1, 1);
    assert_pairs(3, OKRUG_SHARE_POINT, 0, "BC"); /* overlapping outlines cross */
    assert_pairs(3, OKRUG_SHARE_POINT, 0.003, "BC");
    assert_pairs(3, OKRUG_SHARE_POINT, 0.005, "AB BC");
    assert_pairs(3, OKRUG_SHARE_LINE, 0.003, "");
    assert_pairs(3, OKRUG_SHARE_LINE, 0.005, "AB BC");
}

/* B fills a hole of A; C lies inside A where there is no hole; D crosses itself and touches A. */
static void test_holes_and_invalid(void **state) {
    (void)state;
    static const double ring[] = {0, 0, 9, 0, 9, 9, 0, 9, 0, 0, 3, 3, 3, 4, 4, 4, 4, 3, 3, 3};
    static const double bow[] = {9, 0, 11, 2, 11, 0, 9, 2, 9, 0};
    shape[0] = outline(text[0], 2, (const int[]){5, 5}, ring);
    shape[1] = outline_box(text[1], 3, 3, 1, 1);
    shape[2] = outline_box(text[2], 6, 6, 1, 1);
    shape[3] = outline(text[3], 1, (const int[]){5}, bow);
    assert_pairs(4, OKRUG_SHARE_POINT, 0, "AB AD");
    assert_pairs(4, OKRUG_SHARE_LINE, 0, "AB AD");
}

static void assert_middle(const char *wkb, double lon, double lat, double tolerance) {
    okrug_ctx *ctx = testing_context(1);
    okrug_shapes *shapes = NULL;
    double x = 0.0, y = 0.0;
    assert_ok(okrug_shapes_new(ctx, 1, &wkb, name, &shapes));
    assert_true(okrug_shapes_centre(shapes, 0, &x, &y));
    assert_near(x, lon, tolerance);
    assert_near(y, lat, tolerance);
    okrug_shapes_free(shapes);
    okrug_ctx_free(ctx);
}

static void test_middles(void **state) {
    (void)state;
    static const double octant[] = {0, 0, 90, 0, 0, 90, 0, 0};
    static const double backwards[] = {0, 0, 0, 90, 90, 0, 0, 0};
    static const double across[] = {179, -1, -179, -1, -179, 1, 179, 1, 179, -1};
    static const double frame[] = {-2, -2, 2, -2, 2, 2, -2, 2, -2, -2, 0, -1, 1, -1, 1, 1, 0, 1, 0, -1};
    const double equal = atan(1.0 / sqrt(2.0)) * 57.29577951308232;
    assert_middle(outline(text[0], 1, (const int[]){4}, octant), 45, equal, 1e-9);
    assert_middle(outline(text[0], 1, (const int[]){4}, backwards), 45, equal, 1e-9);
    assert_middle(outline(text[0], 1, (const int[]){5}, across), 180, 0, 1e-9);
    assert_middle(outline(text[0], 2, (const int[]){5, 5}, frame), -1.0 / 14.0, 0, 1e-4); /* as on a plane */
    assert_middle("0101000000000000000000F03F0000000000000040", 1, 2, 1e-9);
}

/* A yard of a few metres has its middle in it; an outline that encloses nothing has that of its corners. */
static void test_small_and_flat(void **state) {
    (void)state;
    static const double flat[] = {10, 50, 10, 51, 10, 52, 10, 50};
    assert_middle(outline_box(text[0], 36.6, 55.1, 1e-4, 1e-4), 36.60005, 55.10005, 1e-7);
    assert_middle(outline_box(text[0], 36.6, 55.1, 1e-5, 1e-5), 36.600005, 55.100005, 1e-7);
    assert_middle(outline(text[0], 1, (const int[]){4}, flat), 10, 50.75, 1e-2);
}

static void refused(int64_t n, bool touching, const char *code) {
    okrug_ctx *ctx = testing_context(1);
    okrug_shapes *shapes = NULL;
    okrug_pairs pairs = {0};
    okrug_status status = okrug_shapes_new(ctx, n, shape, name, &shapes);
    if (touching) {
        assert_ok(status);
        status = okrug_shapes_touching(ctx, shapes, OKRUG_SHARE_POINT, 0, &pairs);
    }
    assert_int_equal(status, OKRUG_BAD_INPUT);
    assert_null(pairs.a);
    assert_int_equal(okrug_messages(ctx), 1);
    assert_string_equal(okrug_message_at(ctx, 0)->code, code);
    assert_string_equal(okrug_message_at(ctx, 0)->value[0], "B");
    okrug_shapes_free(shapes);
    okrug_ctx_free(ctx);
}

static void test_refused(void **state) {
    (void)state;
    shape[0] = outline_box(text[0], 0, 0, 1, 1);
    shape[1] = "0101000000000000000000F03F0000000000000040";
    refused(2, true, "not-a-polygon");
    shape[1] = "0103000000";
    refused(2, false, "bad-geometry");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_board),   cmocka_unit_test(test_edges_without_common_corners),
        cmocka_unit_test(test_snap),    cmocka_unit_test(test_holes_and_invalid),
        cmocka_unit_test(test_middles), cmocka_unit_test(test_small_and_flat),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
