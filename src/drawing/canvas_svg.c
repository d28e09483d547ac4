/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SVG with its text as text: it can be searched, copied, read aloud and edited. Every line says how long it is, so that
 * the drawing keeps its shape where the reader has other fonts.
 */
#include "drawing/canvas.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* To a hundredth of a point. */
static void add_length(okrug_buffer *out, double value) {
    double rounded = nearbyint(value * 100.0) / 100.0;
    okrug_buffer_add_number(out, rounded == 0.0 ? 0.0 : rounded);
}

static void add_attribute(okrug_buffer *out, const char *name, double value) {
    okrug_buffer_add_format(out, " %s=\"", name);
    add_length(out, value);
    okrug_buffer_add(out, "\"", 1);
}

static void add_text(okrug_buffer *out, const char *text, size_t length) {
    for (size_t i = 0; i < length; i++) {
        const char *escape = text[i] == '&'                  ? "&amp;"
                             : text[i] == '<'                ? "&lt;"
                             : text[i] == '>'                ? "&gt;"
                             : text[i] == '"'                ? "&quot;"
                             : (unsigned char)text[i] < 0x20 ? " "
                                                             : NULL;
        okrug_buffer_add(out, escape != NULL ? escape : &text[i], escape != NULL ? strlen(escape) : 1);
    }
}

/* A pattern of its own for each fill that wants one; returns its number. */
static int define_pattern(okrug_canvas *canvas, const okrug_paint *paint) {
    okrug_buffer *out = &canvas->bytes;
    int id = ++canvas->patterns;
    okrug_buffer_add_format(out, "<defs><pattern id=\"%s-p%d\" patternUnits=\"userSpaceOnUse\" ", canvas->prefix, id);
    if (paint->pattern == OKRUG_HATCHED) {
        okrug_buffer_add_format(out,
                                "width=\"5\" height=\"5\"><path d=\"M-1 1 1 -1M0 5 5 0M4 6 6 4\" stroke=\"#%06x\" "
                                "stroke-width=\"1.1\"/></pattern></defs>",
                                (unsigned)paint->fill);
    } else {
        okrug_buffer_add_format(out,
                                "width=\"6\" height=\"6\"><circle cx=\"1.5\" cy=\"1.5\" r=\".75\" fill=\"#%06x\"/>"
                                "<circle cx=\"4.5\" cy=\"4.5\" r=\".75\" fill=\"#%06x\"/></pattern></defs>",
                                (unsigned)paint->fill, (unsigned)paint->fill);
    }
    return id;
}

static void add_paint(okrug_canvas *canvas, const okrug_paint *paint, int pattern, bool open) {
    okrug_buffer *out = &canvas->bytes;
    if (!paint->filled) {
        okrug_buffer_add_text(out, " fill=\"none\"");
    } else if (pattern > 0) {
        okrug_buffer_add_format(out, " fill=\"url(#%s-p%d)\"", canvas->prefix, pattern);
    } else {
        okrug_buffer_add_format(out, " fill=\"#%06x\"%s", (unsigned)paint->fill, open ? "" : " fill-rule=\"evenodd\"");
    }
    if (paint->line > 0.0) {
        okrug_buffer_add_format(out, " stroke=\"#%06x\" stroke-linejoin=\"round\"", (unsigned)paint->colour);
        add_attribute(out, "stroke-width", paint->line);
    }
    if (paint->opacity > 0.0 && paint->opacity < 1.0) {
        add_attribute(out, "opacity", paint->opacity);
    }
    okrug_buffer_add_text(out, "/>\n");
}

static void draw_shape(okrug_canvas *canvas, const okrug_outline *shape, const okrug_paint *paint) {
    int pattern = paint->filled && paint->pattern != OKRUG_SOLID ? define_pattern(canvas, paint) : 0;
    okrug_buffer *out = &canvas->bytes;
    okrug_buffer_add_text(out, "<path d=\"");
    for (int64_t r = 0; r < shape->rings; r++) {
        for (int64_t p = shape->start[r]; p < shape->start[r + 1]; p++) {
            okrug_buffer_add(out, p == shape->start[r] ? "M" : "L", 1);
            add_length(out, shape->xy[2 * p]);
            okrug_buffer_add(out, " ", 1);
            add_length(out, shape->xy[2 * p + 1]);
        }
        okrug_buffer_add_text(out, shape->open ? "" : "Z");
    }
    okrug_buffer_add(out, "\"", 1);
    add_paint(canvas, paint, pattern, shape->open);
}

static void draw_circle(okrug_canvas *canvas, double x, double y, double radius, const okrug_paint *paint) {
    int pattern = paint->filled && paint->pattern != OKRUG_SOLID ? define_pattern(canvas, paint) : 0;
    okrug_buffer_add_text(&canvas->bytes, "<circle");
    add_attribute(&canvas->bytes, "cx", x);
    add_attribute(&canvas->bytes, "cy", y);
    add_attribute(&canvas->bytes, "r", radius);
    add_paint(canvas, paint, pattern, true);
}

static void draw_text(okrug_canvas *canvas, double x, double y, PangoLayout *layout, PangoLayoutLine *line,
                      const okrug_lettering *lettering) {
    okrug_buffer *out = &canvas->bytes;
    PangoRectangle logical = {0};
    pango_layout_line_get_extents(line, NULL, &logical);
    const char *text = pango_layout_get_text(layout) + line->start_index;
    size_t length = (size_t)line->length;
    while (length > 0 && text[length - 1] == ' ') {
        length--;
    }
    if (length == 0) {
        return;
    }
    okrug_buffer_add_text(out, "<text");
    add_attribute(out, "x", x);
    add_attribute(out, "y", y);
    add_attribute(out, "font-size", lettering->size);
    add_attribute(out, "textLength", (double)logical.width / PANGO_SCALE);
    okrug_buffer_add_format(out, " lengthAdjust=\"spacingAndGlyphs\" fill=\"#%06x\"", (unsigned)lettering->colour);
    okrug_buffer_add_text(out, lettering->bold ? " font-weight=\"700\"" : "");
    okrug_buffer_add_text(out, lettering->italic ? " font-style=\"italic\"" : "");
    if (lettering->halo) {
        okrug_buffer_add_format(out,
                                " stroke=\"#%06x\" stroke-opacity=\".85\" stroke-linejoin=\"round\" "
                                "paint-order=\"stroke\"",
                                (unsigned)OKRUG_PAPER);
        add_attribute(out, "stroke-width", lettering->size * 0.26);
    }
    okrug_buffer_add(out, ">", 1);
    add_text(out, text, length);
    okrug_buffer_add_text(out, "</text>\n");
}

static okrug_status finish(okrug_canvas *canvas, okrug_buffer *out) {
    okrug_buffer_add_text(&canvas->bytes, "</svg>\n");
    okrug_status status = okrug_buffer_status(&canvas->bytes);
    if (status == OKRUG_OK) {
        okrug_buffer_add(out, canvas->bytes.bytes, canvas->bytes.length);
        status = okrug_buffer_status(out);
    }
    okrug_buffer_free(&canvas->bytes);
    free(canvas);
    return status;
}

static const okrug_canvas_kind svg_kind = {draw_shape, draw_circle, draw_text, finish};

okrug_canvas *okrug_canvas_svg(const okrug_fonts *fonts, double width, double height, const char *prefix,
                               const char *label) {
    okrug_canvas *canvas = calloc(1, sizeof *canvas);
    if (canvas == NULL) {
        return NULL;
    }
    *canvas = (okrug_canvas){.kind = &svg_kind, .fonts = fonts, .prefix = prefix};
    okrug_buffer *out = &canvas->bytes;
    okrug_buffer_add_text(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ");
    add_length(out, width);
    okrug_buffer_add(out, " ", 1);
    add_length(out, height);
    okrug_buffer_add(out, "\"", 1);
    add_attribute(out, "width", width);
    add_attribute(out, "height", height);
    okrug_buffer_add_text(out, " role=\"img\" aria-label=\"");
    add_text(out, label, strlen(label));
    okrug_buffer_add_text(out, "\" font-family=\"'PT Sans','Segoe UI',Roboto,'Noto Sans',sans-serif\">\n");
    return canvas;
}
