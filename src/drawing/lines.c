/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Series over an ordered axis, each named at its end, so that nobody has to match colours with a legend. Names that
 * would lie on each other are moved apart.
 */
#include "drawing/figures.h"

#include <math.h>
#include <stdlib.h>

#include <okrug/number.h>

static const okrug_lettering axis_lettering = {.size = 8.5, .colour = OKRUG_MUTED};
static const double plot_height = 210.0;
static const double below = 32.0;
static const double above = 20.0;
static const double name_height = 11.5;

typedef struct {
    double x, y, width, left, right;
    okrug_scale scale;
} frame;

double okrug_lines_height(const okrug_fonts *fonts, const okrug_lines_chart *chart, double width) {
    (void)fonts;
    (void)width;
    return above + fmax(plot_height, (double)chart->count * name_height) + below;
}

/* Colours darker than those of areas, since lines are thin. */
static uint32_t line_colour(int64_t i) {
    static const uint32_t colours[] = {0x2B689C, 0xB5500C, 0x135B62, 0x8A3B8F, 0x6B6B00, 0x1E262D};
    return colours[i % 6];
}

static okrug_scale scale_of(const okrug_lines_chart *chart) {
    double low = INFINITY;
    double high = -INFINITY;
    for (int64_t s = 0; s < chart->count; s++) {
        for (int64_t p = 0; p < chart->positions; p++) {
            if (isfinite(chart->series[s].y[p])) {
                low = fmin(low, chart->series[s].y[p]);
                high = fmax(high, chart->series[s].y[p]);
            }
        }
    }
    return low > high ? okrug_scale_over(0.0, 1.0, false) : okrug_scale_over(low, high, false);
}

static double across(const frame *f, const okrug_lines_chart *chart, int64_t position) {
    double range = chart->at[chart->positions - 1] - chart->at[0];
    double part = range > 0.0 ? (chart->at[position] - chart->at[0]) / range : 0.5;
    return f->left + part * (f->right - f->left);
}

static double up(const frame *f, double value, double height) {
    return f->y + height * (1.0 - okrug_scale_at(&f->scale, value));
}

static void draw_axes(okrug_canvas *canvas, const okrug_lines_chart *chart, const frame *f, double height) {
    okrug_lettering ticks = axis_lettering;
    ticks.align = OKRUG_ALIGN_END;
    for (int t = 0; t < f->scale.ticks; t++) {
        char text[OKRUG_FIXED_TEXT];
        double at = up(f, f->scale.tick[t], height);
        okrug_number_fixed(f->scale.tick[t], f->scale.decimals, chart->numerals.decimal, chart->numerals.thousands,
                           text);
        okrug_draw_line(canvas, (double[]){f->left, at}, (double[]){f->right, at}, 0.6, OKRUG_RULE, 0.0);
        okrug_draw_text(canvas, f->left - 6.0, at + 3.0, text, &ticks);
    }
    okrug_draw_text(canvas, f->x, f->y - 9.0, chart->axis, &axis_lettering);
    okrug_lettering under = axis_lettering;
    under.align = OKRUG_ALIGN_MIDDLE;
    double taken = -INFINITY;
    for (int64_t p = 0; p < chart->positions; p++) {
        double half = okrug_text_width(okrug_canvas_fonts(canvas), &under, chart->position[p]) / 2.0;
        double at = across(f, chart, p);
        if (at - half > taken + 6.0) {
            okrug_draw_text(canvas, at, f->y + height + 14.0, chart->position[p], &under);
            taken = at + half;
        }
    }
}

/* A polyline for each run without gaps; a value alone is a dot. */
static okrug_status draw_series(okrug_ctx *ctx, okrug_canvas *canvas, const okrug_lines_chart *chart, const frame *f,
                                int64_t s, double height) {
    double *xy = OKRUG_SCRATCH(ctx, 2 * chart->positions, double);
    if (xy == NULL) {
        return OKRUG_NO_MEMORY;
    }
    const double *values = chart->series[s].y;
    okrug_paint stroke = {.line = 1.6, .colour = line_colour(s)};
    okrug_paint dot = {.filled = true, .fill = line_colour(s)};
    for (int64_t p = 0; p < chart->positions;) {
        int64_t run = 0;
        for (; p + run < chart->positions && isfinite(values[p + run]); run++) {
            xy[2 * run] = across(f, chart, p + run);
            xy[2 * run + 1] = up(f, values[p + run], height);
        }
        if (run == 1) {
            okrug_draw_circle(canvas, xy[0], xy[1], 2.0, &dot);
        } else if (run > 1) {
            okrug_draw_shape(canvas,
                             &(okrug_outline){.rings = 1, .start = (const int64_t[]){0, run}, .xy = xy, .open = true},
                             &stroke);
        }
        p += run + 1;
    }
    return OKRUG_OK;
}

typedef struct {
    int64_t series;
    double y;
} name_place;

static int by_height(const void *left, const void *right) {
    const name_place *a = left;
    const name_place *b = right;
    return a->y != b->y ? (a->y < b->y ? -1 : 1) : (a->series < b->series ? -1 : 1);
}

static okrug_status draw_names(okrug_ctx *ctx, okrug_canvas *canvas, const okrug_lines_chart *chart, const frame *f,
                               double height) {
    name_place *places = OKRUG_SCRATCH(ctx, chart->count, name_place);
    if (places == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int64_t count = 0;
    for (int64_t s = 0; s < chart->count; s++) {
        for (int64_t p = chart->positions - 1; p >= 0; p--) {
            if (isfinite(chart->series[s].y[p])) {
                places[count++] = (name_place){s, up(f, chart->series[s].y[p], height)};
                break;
            }
        }
    }
    qsort(places, (size_t)count, sizeof *places, by_height);
    double free_from = -INFINITY;
    for (int64_t i = 0; i < count; i++) { /* down where they touch, then up where they leave the plot */
        places[i].y = fmax(places[i].y, free_from);
        free_from = places[i].y + name_height;
    }
    double limit = f->y + height;
    for (int64_t i = count - 1; i >= 0; i--) {
        places[i].y = fmin(places[i].y, limit);
        limit = places[i].y - name_height;
        okrug_lettering lettering = {.size = 9.5, .colour = line_colour(places[i].series)};
        okrug_draw_text(canvas, f->right + 8.0, places[i].y + 3.2, chart->series[places[i].series].name, &lettering);
    }
    return OKRUG_OK;
}

okrug_status okrug_lines_draw(okrug_ctx *ctx, okrug_canvas *canvas, const okrug_lines_chart *chart, double x, double y,
                              double width) {
    const okrug_fonts *fonts = okrug_canvas_fonts(canvas);
    if (chart->positions == 0) {
        return OKRUG_OK;
    }
    double names = 0.0;
    for (int64_t s = 0; s < chart->count; s++) {
        names = fmax(names, okrug_text_width(fonts, &(okrug_lettering){.size = 9.5}, chart->series[s].name));
    }
    frame f = {.x = x, .y = y + above, .width = width, .left = x + 46.0, .scale = scale_of(chart)};
    f.right = x + width - fmin(names, width * 0.35) - 10.0;
    double height = okrug_lines_height(fonts, chart, width) - above - below;
    okrug_mark mark = okrug_scratch_mark(ctx);
    draw_axes(canvas, chart, &f, height);
    okrug_status status = OKRUG_OK;
    for (int64_t s = 0; s < chart->count && status == OKRUG_OK; s++) {
        status = draw_series(ctx, canvas, chart, &f, s, height);
        status = status == OKRUG_OK ? okrug_check_cancel(ctx) : status;
    }
    status = status == OKRUG_OK ? draw_names(ctx, canvas, chart, &f, height) : status;
    okrug_scratch_reset(ctx, mark);
    return status;
}
