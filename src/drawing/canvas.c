/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Strokes that are the same on every canvas, and the colours.
 */
#include "drawing/canvas.h"

#include <math.h>

const uint32_t okrug_hues[OKRUG_HUES + 1] = {0xEE8866, 0x77AADD, 0xEEDD88, 0x44BB99, 0xFFAABB,
                                             0xBBCC33, 0x99DDFF, 0xAAAA00, 0xCFCFCF};
const uint32_t okrug_sequence[OKRUG_STEPS] = {0xDCECEA, 0xABD2CE, 0x70B2AE, 0x398888, 0x135B62};
const uint32_t okrug_diverging[OKRUG_STEPS] = {0x2F6EA3, 0xA0C6E0, 0xE9E5DC, 0xF5BB83, 0xCC6318};

const okrug_fonts *okrug_canvas_fonts(const okrug_canvas *canvas) {
    return canvas->fonts;
}

okrug_status okrug_canvas_finish(okrug_canvas *canvas, okrug_buffer *out) {
    return canvas == NULL ? OKRUG_NO_MEMORY : canvas->kind->finish(canvas, out);
}

void okrug_draw_shape(okrug_canvas *canvas, const okrug_outline *shape, const okrug_paint *paint) {
    canvas->kind->shape(canvas, shape, paint);
}

void okrug_draw_line(okrug_canvas *canvas, const double from[2], const double to[2], double width, uint32_t colour,
                     double opacity) {
    const double xy[4] = {from[0], from[1], to[0], to[1]};
    const int64_t start[2] = {0, 2};
    okrug_outline shape = {.rings = 1, .start = start, .xy = xy, .open = true};
    okrug_paint paint = {.line = width, .colour = colour, .opacity = opacity};
    canvas->kind->shape(canvas, &shape, &paint);
}

void okrug_draw_box(okrug_canvas *canvas, double x, double y, double width, double height, const okrug_paint *paint) {
    const double xy[8] = {x, y, x + width, y, x + width, y + height, x, y + height};
    const int64_t start[2] = {0, 4};
    okrug_outline shape = {.rings = 1, .start = start, .xy = xy};
    canvas->kind->shape(canvas, &shape, paint);
}

void okrug_draw_circle(okrug_canvas *canvas, double x, double y, double radius, const okrug_paint *paint) {
    canvas->kind->circle(canvas, x, y, radius, paint);
}

static double aligned(double x, double width, okrug_align align) {
    return align == OKRUG_ALIGN_START ? x : align == OKRUG_ALIGN_END ? x - width : x - width / 2.0;
}

void okrug_draw_text(okrug_canvas *canvas, double x, double y, const char *text, const okrug_lettering *lettering) {
    PangoLayout *layout = okrug_layout_new(canvas->fonts, lettering, text);
    if (layout == NULL) {
        canvas->bytes.failed = true;
        return;
    }
    int width = 0;
    pango_layout_get_size(layout, &width, NULL);
    canvas->kind->text(canvas, aligned(x, (double)width / PANGO_SCALE, lettering->align), y, layout,
                       pango_layout_get_line_readonly(layout, 0), lettering);
    g_object_unref(layout);
}

void okrug_draw_paragraph(okrug_canvas *canvas, double x, double y, const okrug_paragraph *paragraph, int first,
                          int count) {
    const okrug_lettering *lettering = &paragraph->lettering;
    double height = okrug_paragraph_line_height(paragraph);
    for (int i = 0; i < count; i++) {
        PangoLayoutLine *line = pango_layout_get_line_readonly(paragraph->layout, first + i);
        PangoRectangle logical = {0};
        if (line == NULL) {
            return;
        }
        pango_layout_line_get_extents(line, NULL, &logical);
        double left = aligned(0.0, (double)logical.width / PANGO_SCALE, lettering->align);
        double indent = (double)pango_layout_get_indent(paragraph->layout) / PANGO_SCALE;
        indent = (first + i == 0) == (indent > 0.0) ? fabs(indent) : 0.0; /* below 0: of all lines but the first */
        double base = y + i * height + height / 2.0 + lettering->size * 0.35;
        canvas->kind->text(canvas, x + left + indent, base, paragraph->layout, line, lettering);
    }
}
