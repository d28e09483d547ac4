/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of the drawing room share: how a canvas is made up, and the two kinds of it.
 */
#ifndef OKRUG_DRAWING_CANVAS_H
#define OKRUG_DRAWING_CANVAS_H

#include "drawing/drawing.h"
#include "drawing/pango_library.h"

struct okrug_fonts {
    PangoFontMap *map;
    PangoContext *context;
    const char *family;
};

struct okrug_paragraph {
    PangoLayout *layout;
    okrug_lettering lettering;
    double spacing; /* from base line to base line, in sizes */
    double width;
};

/* How a kind of canvas draws. Opacity and patterns are in the paint; text is one line of a layout. */
typedef struct {
    void (*shape)(okrug_canvas *canvas, const okrug_outline *shape, const okrug_paint *paint);
    void (*circle)(okrug_canvas *canvas, double x, double y, double radius, const okrug_paint *paint);
    void (*text)(okrug_canvas *canvas, double x, double y, PangoLayout *layout, PangoLayoutLine *line,
                 const okrug_lettering *lettering);
    okrug_status (*finish)(okrug_canvas *canvas, okrug_buffer *out);
} okrug_canvas_kind;

struct okrug_canvas {
    const okrug_canvas_kind *kind;
    const okrug_fonts *fonts;
    cairo_surface_t *surface; /* PNG, PDF */
    cairo_t *cairo;
    bool pixels;
    okrug_buffer bytes; /* SVG and PDF so far */
    const char *prefix; /* SVG */
    int patterns;       /* SVG: how many were defined */
    int chapter;        /* PDF: the last entry of the outline of level 1 */
};

/* The text without its marks for bold, and the attributes they stand for. NULL: memory is short. */
PangoLayout *okrug_layout_new(const okrug_fonts *fonts, const okrug_lettering *lettering, const char *text);

#endif
