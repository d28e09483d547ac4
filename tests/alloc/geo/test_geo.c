/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shapes say so when memory is short, and leak nothing. (What GEOS itself takes is not counted.)
 */
#include <okrug/geo.h>

#include "failing_allocator.h"
#include "matrices.h"
#include "outlines.h"

enum { SHAPES = 60 };
static char text[SHAPES][OUTLINE_TEXT];

static okrug_status work(void *user) {
    const char *const *shape = user;
    okrug_ctx *ctx = okrug_ctx_new(&(okrug_ctx_options){.threads = 1});
    okrug_shapes *shapes = NULL;
    okrug_pairs pairs = {0};
    okrug_status status = ctx == NULL ? OKRUG_NO_MEMORY : okrug_shapes_new(ctx, SHAPES, shape, shape, &shapes);
    if (status == OKRUG_OK) {
        status = okrug_shapes_touching(ctx, shapes, OKRUG_SHARE_LINE, 1e-6, &pairs);
    }
    okrug_pairs_free(&pairs);
    okrug_shapes_free(shapes);
    okrug_ctx_free(ctx);
    return status;
}

static void test_touching(void **state) {
    (void)state;
    static const char *shape[SHAPES];
    for (int i = 0; i < SHAPES; i++) {
        shape[i] = outline_box(text[i], i, 0, 1, 1);
    }
    assert_true(failing_allocator_walk(work, shape) > 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_touching)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
