/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Networks: levels that can be worked out by hand, the same places whatever the order of links, and a page that holds
 * as many boxes as may come.
 */
#include <stdio.h>

#include "drawing/network.h"
#include "drawing_testing.h"

static void near(double value, double wanted) {
    if (!(fabs(value - wanted) < 1e-6)) {
        fail_msg("%.9g in place of %.9g", value, wanted);
    }
}

/* A chain has whole levels; each part begins at 0. */
static void chains_have_whole_levels(void **state) {
    (void)state;
    const okrug_network_link links[] = {{0, 1, 5.0, NULL}, {1, 2, 0.1, NULL}, {3, 4, 7.0, NULL}};
    double level[6];
    okrug_network_levels(links, 3, 6, level);
    const double wanted[] = {0.0, 1.0, 2.0, 0.0, 1.0, 0.0};
    for (int b = 0; b < 6; b++) {
        near(level[b], wanted[b]);
    }
}

/* A sells B 1 and C 1, B sells C 1. The least squares of (b-a-1), (c-a-1), (c-b-1) with a = 0: b = 2/3, c = 4/3. */
static void a_short_cut_draws_levels_together(void **state) {
    (void)state;
    const okrug_network_link links[] = {{0, 1, 1.0, NULL}, {0, 2, 1.0, NULL}, {1, 2, 1.0, NULL}};
    double level[3];
    okrug_network_levels(links, 3, 3, level);
    near(level[0], 0.0);
    near(level[1], 2.0 / 3.0);
    near(level[2], 4.0 / 3.0);
}

static void a_circle_is_flat_and_a_box_alone_is_at_the_bottom(void **state) {
    (void)state;
    const okrug_network_link links[] = {{0, 1, 3.0, NULL}, {1, 2, 3.0, NULL}, {2, 0, 3.0, NULL}, {3, 3, 1.0, NULL}};
    double level[4];
    okrug_network_levels(links, 4, 4, level);
    for (int b = 0; b < 4; b++) {
        near(level[b], 0.0);
    }
}

/* Larger amounts all alike change nothing, nor does the order of links. */
static void scale_and_order_do_not_matter(void **state) {
    (void)state;
    const okrug_network_link links[] = {{0, 1, 1.0, NULL}, {0, 2, 4.0, NULL}, {1, 2, 2.0, NULL}, {2, 3, 3.0, NULL}};
    okrug_network_link other[4];
    double level[4];
    double again[4];
    for (int l = 0; l < 4; l++) {
        other[l] = links[3 - l];
        other[l].amount *= 1e6;
    }
    okrug_network_levels(links, 4, 4, level);
    okrug_network_levels(other, 4, 4, again);
    for (int b = 0; b < 4; b++) {
        near(again[b], level[b]);
    }
}

static bool overlaps(const network_places *p, int a, int b) {
    return p->place[a].layer == p->place[b].layer &&
           fabs(p->place[a].centre - p->place[b].centre) < (p->place[a].height + p->place[b].height) / 2.0 - 1e-9;
}

/* As many boxes as there may be, each supplied by the first, with long names: no two overlap, and all has room. */
static void many_boxes_have_room(void **state) {
    (void)state;
    enum { MANY = 36 };
    okrug_network_box box[MANY];
    okrug_network_link link[MANY];
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    okrug_fonts *fonts = NULL;
    double height[OKRUG_NETWORK_BOXES];
    network_places places;
    for (int b = 0; b < MANY; b++) {
        box[b] = (okrug_network_box){"00. ООО «Деревообрабатывающее предприятие имени»", "supplier", 0};
        link[b] = (okrug_network_link){b == 0 ? 1 : 0, b == 0 ? 2 : b, 1.0 + b, NULL};
        height[b] = 20.0;
    }
    okrug_network network = {
        .box = box, .boxes = MANY, .link = link, .links = MANY, .amounts = "", .numerals = {".", ","}};
    okrug_network_place(&network, height, &places);
    assert_true(places.layers > 1 && places.layers <= OKRUG_NETWORK_LAYERS);
    for (int a = 0; a < places.places; a++) {
        assert_true(places.place[a].centre - places.place[a].height / 2.0 >= -1e-9);
        assert_true(places.place[a].centre + places.place[a].height / 2.0 <= places.height + 1e-9);
        for (int b = 0; b < a; b++) {
            assert_false(overlaps(&places, a, b));
        }
    }
    assert_int_equal(okrug_fonts_new(ctx, &fonts), OKRUG_OK);
    assert_true(okrug_network_height(fonts, &network, 467.0) <= 660.0);
    network.links = 0;
    assert_true(okrug_network_height(fonts, &network, 467.0) <= 660.0);
    okrug_fonts_free(fonts);
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chains_have_whole_levels),
        cmocka_unit_test(a_short_cut_draws_levels_together),
        cmocka_unit_test(a_circle_is_flat_and_a_box_alone_is_at_the_bottom),
        cmocka_unit_test(scale_and_order_do_not_matter),
        cmocka_unit_test(many_boxes_have_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
