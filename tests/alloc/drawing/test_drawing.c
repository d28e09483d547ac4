/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each allocation of drawing fails once: it says so and leaks nothing. The memory of the foreign libraries is theirs.
 */
#include "drawing_testing.h"
#include "failing_allocator.h"

static okrug_fonts *fonts; /* made once: what is in them is Pango's */

static okrug_status draw(okrug_ctx *ctx, okrug_canvas *canvas, int figure) {
    okrug_buffer out = {0};
    okrug_status status = canvas == NULL ? OKRUG_NO_MEMORY : drawing_draw(ctx, canvas, figure, 300.0);
    okrug_status finished = okrug_canvas_finish(canvas, &out);
    okrug_buffer_free(&out);
    return status == OKRUG_OK ? finished : status;
}

static okrug_status draw_everything(void *user) {
    (void)user;
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    okrug_status status = ctx == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    for (int figure = 0; figure < DRAWING_FIGURES && status == OKRUG_OK; figure++) {
        status = draw(ctx, okrug_canvas_svg(fonts, 300.0, 300.0, "f", "label"), figure);
        okrug_status second = draw(ctx, okrug_canvas_png(fonts, 300.0, 300.0, 0.2), figure);
        status = status == OKRUG_OK ? second : status;
    }
    okrug_ctx_free(ctx);
    return status;
}

static void every_allocation_may_fail(void **state) {
    (void)state;
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    assert_int_equal(okrug_fonts_new(ctx, &fonts), OKRUG_OK);
    assert_true(failing_allocator_walk(draw_everything, NULL) > 50);
    okrug_fonts_free(fonts);
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_allocation_may_fail)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
