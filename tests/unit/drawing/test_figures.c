/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Charts and maps on all canvases: what must be there is there, nothing leaves the sheet, the same bytes twice.
 */
#include <stdio.h>

#include "drawing_testing.h"

static okrug_ctx *ctx;
static okrug_fonts *fonts;

static int set_up(void **state) {
    (void)state;
    ctx = okrug_ctx_new(NULL);
    return okrug_fonts_new(ctx, &fonts) == OKRUG_OK ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    okrug_fonts_free(fonts);
    okrug_ctx_free(ctx);
    return 0;
}

static okrug_buffer svg(int figure, double width, const char *prefix) {
    okrug_buffer out = {0};
    okrug_canvas *canvas = okrug_canvas_svg(fonts, width, drawing_height(fonts, figure, width), prefix, "a \"label\"");
    assert_int_equal(drawing_draw(ctx, canvas, figure, width), OKRUG_OK);
    assert_int_equal(okrug_canvas_finish(canvas, &out), OKRUG_OK);
    return out;
}

static void has(const okrug_buffer *text, const char *part) {
    if (strstr(text->bytes, part) == NULL) {
        print_error("no %s in\n%s\n", part, text->bytes);
        fail();
    }
}

static void texts_are_texts(void **state) {
    (void)state;
    okrug_buffer rows = svg(0, 460.0, "f");
    has(&rows, "aria-label=\"a &quot;label&quot;\"");
    has(&rows, ">1,63 (1,62–1,64)</text>");
    has(&rows, ">A &lt; B &amp; &quot;C&quot;</text>");
    has(&rows, ">0,25</text>");
    has(&rows, ">surely above 1</text>");
    has(&rows, "font-family=\"'PT Sans'");
    okrug_buffer_free(&rows);
    okrug_buffer lines = svg(2, 460.0, "f");
    has(&lines, ">2021</text>");
    has(&lines, ">another</text>");
    okrug_buffer_free(&lines);
}

static void maps_say_what_is_missing_and_unsure(void **state) {
    (void)state;
    okrug_buffer map = svg(3, 460.0, "f7");
    has(&map, ">Manufacturing</text>");
    has(&map, ">no value</text>");
    has(&map, ">not sure</text>");
    has(&map, "km</text>");
    has(&map, "id=\"f7-p1\"");
    has(&map, "fill=\"url(#f7-p1)\"");
    okrug_buffer_free(&map);
}

/* Every place of a text and of a circle is on the sheet. */
static void nothing_leaves_the_sheet(void **state) {
    (void)state;
    for (int figure = 0; figure < DRAWING_FIGURES; figure++) {
        double height = drawing_height(fonts, figure, 460.0);
        okrug_buffer text = svg(figure, 460.0, "f");
        int found = 0;
        for (const char *at = strstr(text.bytes, "<text x=\""); at != NULL; at = strstr(at + 1, "<text x=\"")) {
            double x = 0.0;
            double y = 0.0;
            double size = 0.0;
            double length = 0.0;
            assert_int_equal(
                sscanf(at, "<text x=\"%lf\" y=\"%lf\" font-size=\"%lf\" textLength=\"%lf\"", &x, &y, &size, &length),
                4);
            assert_true(x >= -0.5 && x + length <= 460.5 && y - size * 0.8 >= -0.5 && y <= height + 0.5);
            found++;
        }
        assert_true(found > 5);
        okrug_buffer_free(&text);
    }
}

static void the_same_bytes_twice(void **state) {
    (void)state;
    for (int figure = 0; figure < DRAWING_FIGURES; figure++) {
        okrug_buffer first = svg(figure, 460.0, "f");
        okrug_buffer second = svg(figure, 460.0, "f");
        assert_string_equal(first.bytes, second.bytes);
        okrug_buffer_free(&first);
        okrug_buffer_free(&second);
    }
}

static void pixels_are_png(void **state) {
    (void)state;
    for (int figure = 0; figure < DRAWING_FIGURES; figure++) {
        okrug_buffer out = {0};
        okrug_canvas *canvas = okrug_canvas_png(fonts, 300.0, 200.0, 2.0);
        assert_int_equal(drawing_draw(ctx, canvas, figure, 300.0), OKRUG_OK);
        assert_int_equal(okrug_canvas_finish(canvas, &out), OKRUG_OK);
        assert_memory_equal(out.bytes, "\x89PNG\r\n\x1A\n", 8);
        assert_memory_equal(out.bytes + 16, "\0\0\x02\x58\0\0\x01\x90", 8); /* 600 by 400 */
        okrug_buffer_free(&out);
    }
}

static void text_breaks_between_words_only(void **state) {
    (void)state;
    okrug_lettering lettering = {.size = 12.0};
    double word = okrug_text_width(fonts, &lettering, "1.62–1.64");
    okrug_paragraph *narrow = okrug_paragraph_new(fonts, &lettering, "from 1.62–1.64", word + 1.0, 0.0, 1.5);
    assert_int_equal(okrug_paragraph_lines(narrow), 2); /* a range is not parted at its dash */
    assert_true(fabs(okrug_paragraph_height(narrow) - 36.0) < 1e-9);
    okrug_paragraph_free(narrow);
    okrug_lettering bold = {.size = 12.0, .bold = true};
    double strong = okrug_text_width(fonts, &lettering, OKRUG_STRONG "word" OKRUG_STRONG);
    assert_true(fabs(strong - okrug_text_width(fonts, &bold, "word")) < 1e-9);
    assert_true(strong > okrug_text_width(fonts, &lettering, "word"));
}

static void more_rows_are_higher(void **state) {
    (void)state;
    okrug_rows_chart chart = drawing_rows_chart(OKRUG_ROWS_DOTS);
    double all = okrug_rows_height(fonts, &chart, 460.0);
    chart.rows = 1;
    assert_true(okrug_rows_height(fonts, &chart, 460.0) + 3.0 * 19.0 <= all);
    assert_true(okrug_rows_height(fonts, &chart, 200.0) > okrug_rows_height(fonts, &chart, 460.0));
}

/* A line of panels is as high as its highest, and each panel is as wide as its column. */
static void panels_stand_in_columns(void **state) {
    (void)state;
    okrug_panel_chart panel[3];
    okrug_panels panels = drawing_panels(panel);
    double whole = okrug_panels_height(fonts, &panels, 460.0);
    panels.count = 2;
    double line = okrug_panels_height(fonts, &panels, 460.0);
    panels.columns = 1;
    double alone = okrug_panels_height(fonts, &panels, 460.0);
    assert_true(whole > line && alone > line);
    okrug_buffer text = svg(5, 460.0, "f");
    int found = 0;
    double widest = 0.0;
    for (const char *at = strstr(text.bytes, ">Panel</text>"); at != NULL; at = strstr(at + 1, ">Panel</text>")) {
        found++;
    }
    for (const char *at = strstr(text.bytes, "<text x=\""); at != NULL; at = strstr(at + 1, "<text x=\"")) {
        double x = 0.0;
        assert_int_equal(sscanf(at, "<text x=\"%lf\"", &x), 1);
        widest = fmax(widest, x);
    }
    assert_int_equal(found, 2);
    assert_true(widest > 239.0); /* the second column */
    okrug_buffer_free(&text);
}

/* Where there is little room some numbers of an axis are left out, so that those that stand there can be read. */
static void numbers_of_an_axis_do_not_collide(void **state) {
    (void)state;
    enum { MOST = 32 };
    static const okrug_row rows[] = {{"a name of some length", "0,59", 0.59, NAN, NAN, OKRUG_TONE_PLAIN},
                                     {"b", "0,88", 0.88, NAN, NAN, OKRUG_TONE_PLAIN}};
    const okrug_rows_chart chart = {
        .row = rows, .rows = 2, .kind = OKRUG_ROWS_DOTS, .reference = NAN, .axis = "", .numerals = {",", " "}};
    okrug_buffer out = {0};
    okrug_canvas *canvas = okrug_canvas_svg(fonts, 170.0, okrug_rows_height(fonts, &chart, 170.0), "f", "narrow");
    assert_int_equal(okrug_rows_draw(ctx, canvas, &chart, 0.0, 0.0, 170.0), OKRUG_OK);
    assert_int_equal(okrug_canvas_finish(canvas, &out), OKRUG_OK);
    double end = -1e9, first = NAN;
    int found = 0;
    for (const char *at = strstr(out.bytes, "<text x=\""); at != NULL; at = strstr(at + 1, "<text x=\"")) {
        double x = 0.0, y = 0.0, size = 0.0, length = 0.0;
        assert_int_equal(
            sscanf(at, "<text x=\"%lf\" y=\"%lf\" font-size=\"%lf\" textLength=\"%lf\"", &x, &y, &size, &length), 4);
        first = isnan(first) ? y : first;
        if (y == first && size == 8.5) {
            assert_true(x > end);
            end = x + length;
            found++;
        }
    }
    assert_in_range(found, 2, MOST);
    okrug_buffer_free(&out);
}

static void a_cancelled_job_stops(void **state) {
    (void)state;
    atomic_bool cancel = true;
    okrug_ctx *cancelled = okrug_ctx_new(&(okrug_ctx_options){.threads = 1, .cancel = &cancel});
    for (int figure = 0; figure < DRAWING_FIGURES; figure++) {
        okrug_buffer out = {0};
        okrug_canvas *canvas = okrug_canvas_svg(fonts, 300.0, 300.0, "f", "");
        assert_int_equal(drawing_draw(cancelled, canvas, figure, 300.0), OKRUG_CANCELLED);
        assert_int_equal(okrug_canvas_finish(canvas, &out), OKRUG_OK);
        okrug_buffer_free(&out);
    }
    okrug_ctx_free(cancelled);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_texts),
        cmocka_unit_test(maps_say_what_is_missing_and_unsure),
        cmocka_unit_test(nothing_leaves_the_sheet),
        cmocka_unit_test(the_same_bytes_twice),
        cmocka_unit_test(pixels_are_png),
        cmocka_unit_test(text_breaks_between_words_only),
        cmocka_unit_test(more_rows_are_higher),
        cmocka_unit_test(panels_stand_in_columns),
        cmocka_unit_test(numbers_of_an_axis_do_not_collide),
        cmocka_unit_test(a_cancelled_job_stops),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
