/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Small multiples: charts of the same rows, each on a scale of its own under its title, side by side.
 */
#include <math.h>

#include "drawing/figures.h"

static const okrug_lettering title_lettering = {.size = 9.5, .colour = OKRUG_INK, .bold = true};
static const double between = 18.0; /* columns */
static const double below = 8.0;    /* each line of panels */
static const double line_height = 12.0;

static double width_of(const okrug_panels *panels, double width) {
    return (width - between * (panels->columns - 1)) / panels->columns;
}

static double title_height(const okrug_fonts *fonts, const okrug_panel_chart *panel, double width) {
    return okrug_text_lines(fonts, &title_lettering, panel->title, width) * line_height + 4.0;
}

/* Of the panels first .. first + columns - 1: titles stand at one height, and so do charts. */
static void line_heights(const okrug_fonts *fonts, const okrug_panels *panels, int first, double width, double *title,
                         double *chart) {
    *title = *chart = 0.0;
    for (int i = first; i < first + panels->columns && i < panels->count; i++) {
        *title = fmax(*title, title_height(fonts, &panels->panel[i], width));
        *chart = fmax(*chart, okrug_rows_height(fonts, &panels->panel[i].chart, width));
    }
}

double okrug_panels_height(const okrug_fonts *fonts, const okrug_panels *panels, double width) {
    double height = 0.0, own = width_of(panels, width);
    for (int first = 0; first < panels->count; first += panels->columns) {
        double title = 0.0, chart = 0.0;
        line_heights(fonts, panels, first, own, &title, &chart);
        height += title + chart + below;
    }
    return height;
}

okrug_status okrug_panels_draw(okrug_ctx *ctx, okrug_canvas *canvas, const okrug_panels *panels, double x, double y,
                               double width) {
    const okrug_fonts *fonts = okrug_canvas_fonts(canvas);
    double own = width_of(panels, width);
    for (int first = 0; first < panels->count; first += panels->columns) {
        double title = 0.0, chart = 0.0;
        line_heights(fonts, panels, first, own, &title, &chart);
        for (int i = first; i < first + panels->columns && i < panels->count; i++) {
            double left = x + (i - first) * (own + between);
            okrug_paragraph *text = okrug_paragraph_new(fonts, &title_lettering, panels->panel[i].title, own, 0.0,
                                                        line_height / title_lettering.size);
            if (text == NULL) {
                return OKRUG_NO_MEMORY;
            }
            okrug_draw_paragraph(canvas, left, y, text, 0, okrug_paragraph_lines(text));
            okrug_paragraph_free(text);
            OKRUG_TRY(okrug_rows_draw(ctx, canvas, &panels->panel[i].chart, left, y + title, own));
        }
        y += title + chart + below;
    }
    return OKRUG_OK;
}
