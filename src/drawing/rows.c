/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows on one scale: names on the left, dots with their ranges or bars in the middle, numbers in words on the right.
 */
#include "drawing/figures.h"

#include <math.h>
#include <string.h>

#include <okrug/number.h>

static const okrug_lettering name_lettering = {.size = 9.5, .colour = OKRUG_INK};
static const okrug_lettering text_lettering = {.size = 9.5, .colour = OKRUG_INK, .align = OKRUG_ALIGN_END};
static const okrug_lettering axis_lettering = {.size = 8.5, .colour = OKRUG_MUTED, .align = OKRUG_ALIGN_MIDDLE};
static const okrug_lettering small = {.size = 8.5, .colour = OKRUG_MUTED};

enum { TONES = OKRUG_TONE_BAND + 1 };
static const double row_height = 19.0;
static const double line_height = 11.5;
static const double axis_height = 17.0;
static const double gap = 10.0;

/* Where the three parts stand. */
typedef struct {
    double names, left, right; /* width of the names; the scale's ends */
    okrug_scale scale;
} layout;

static void take(double value, bool positive, double *low, double *high) {
    if (isfinite(value) && (!positive || value > 0.0)) {
        *low = fmin(*low, value);
        *high = fmax(*high, value);
    }
}

/* The rows that scale and columns are made for. */
static const okrug_row *ruling_rows(const okrug_rows_chart *chart, int64_t *count) {
    *count = chart->all != NULL ? chart->all_rows : chart->rows;
    return chart->all != NULL ? chart->all : chart->row;
}

static okrug_scale scale_of(const okrug_rows_chart *chart) {
    double low = INFINITY;
    double high = -INFINITY;
    int64_t count = 0;
    const okrug_row *rows = ruling_rows(chart, &count);
    for (int64_t i = 0; i < count; i++) {
        const okrug_row *row = &rows[i];
        take(row->value, chart->logarithmic, &low, &high);
        take(row->low, chart->logarithmic, &low, &high);
        take(row->high, chart->logarithmic, &low, &high);
    }
    take(chart->reference, chart->logarithmic, &low, &high);
    take(chart->kind == OKRUG_ROWS_BARS ? 0.0 : NAN, false, &low, &high);
    return low > high ? okrug_scale_over(0.0, 1.0, false) : okrug_scale_over(low, high, chart->logarithmic);
}

void okrug_rows_widths(const okrug_fonts *fonts, const okrug_rows_chart *chart, double widths[2]) {
    int64_t count = 0;
    widths[0] = widths[1] = 0.0;
    const okrug_row *rows = ruling_rows(chart, &count);
    for (int64_t i = 0; i < count; i++) {
        widths[0] = fmax(widths[0], okrug_text_width(fonts, &name_lettering, rows[i].label));
        widths[1] = fmax(widths[1], okrug_text_width(fonts, &text_lettering, rows[i].text));
    }
}

static layout lay_out(const okrug_fonts *fonts, const okrug_rows_chart *chart, double width) {
    double measured[2];
    if (chart->widths == NULL) {
        okrug_rows_widths(fonts, chart, measured);
    }
    const double *widths = chart->widths == NULL ? measured : chart->widths;
    layout l = {.names = fmin(widths[0], width * 0.36), .scale = scale_of(chart)};
    l.left = l.names + gap + 6.0;
    l.right = width - fmin(widths[1], width * 0.3) - gap - 6.0;
    return l;
}

static okrug_paragraph *name_of(const okrug_fonts *fonts, const okrug_row *row, double width) {
    return okrug_paragraph_new(fonts, &name_lettering, row->label, width + 0.5, 0.0, line_height / name_lettering.size);
}

static double height_of(const okrug_fonts *fonts, const okrug_row *row, double width) {
    return fmax(row_height, okrug_text_lines(fonts, &name_lettering, row->label, width + 0.5) * line_height + 6.0);
}

/* ---- The legend: a sample of each tone that occurs --------------------------------------------------------------- */

static uint32_t colour_of(okrug_tone tone) {
    static const uint32_t colours[TONES] = {OKRUG_INK, OKRUG_ABOVE, OKRUG_BELOW, OKRUG_MUTED, 0x135B62};
    return colours[tone];
}

static void draw_dot(okrug_canvas *canvas, double x, double y, okrug_tone tone) {
    bool hollow = tone == OKRUG_TONE_AROUND;
    okrug_paint paint = {.filled = true,
                         .fill = hollow ? OKRUG_PAPER : colour_of(tone),
                         .line = hollow ? 1.4 : 0.8,
                         .colour = hollow ? colour_of(tone) : OKRUG_PAPER};
    okrug_draw_circle(canvas, x, y, hollow ? 3.2 : 3.8, &paint);
}

static void draw_range(okrug_canvas *canvas, double from, double to, double y, okrug_tone tone) {
    bool band = tone == OKRUG_TONE_BAND;
    uint32_t colour = band ? 0xABD2CE : colour_of(tone);
    okrug_draw_line(canvas, (double[]){from, y}, (double[]){to, y}, band ? 7.0 : 2.6, colour, band ? 1.0 : 0.55);
}

/* Draws it unless `canvas` is NULL; returns how high it is. */
static double legend(const okrug_fonts *fonts, okrug_canvas *canvas, const okrug_rows_chart *chart, double x, double y,
                     double width) {
    double at = 0.0;
    double line = 0.0;
    bool any = false;
    for (int tone = 0; chart->legend != NULL && tone < TONES; tone++) {
        const char *text = chart->legend[tone];
        if (text == NULL) {
            continue;
        }
        double wide = 26.0 + okrug_text_width(fonts, &small, text) + 14.0;
        if (at > 0.0 && at + wide > width) {
            at = 0.0;
            line += 13.0;
        }
        if (canvas != NULL) {
            draw_range(canvas, x + at, x + at + 20.0, y + line + 7.0, (okrug_tone)tone);
            draw_dot(canvas, x + at + 10.0, y + line + 7.0, (okrug_tone)tone);
            okrug_draw_text(canvas, x + at + 26.0, y + line + 10.0, text, &small);
        }
        at += wide;
        any = true;
    }
    return any ? line + 20.0 : 0.0;
}

double okrug_rows_height(const okrug_fonts *fonts, const okrug_rows_chart *chart, double width) {
    layout l = lay_out(fonts, chart, width);
    double height = legend(fonts, NULL, chart, 0.0, 0.0, width) + 2.0 * axis_height;
    for (int64_t i = 0; i < chart->rows; i++) {
        height += height_of(fonts, &chart->row[i], l.names);
    }
    return height;
}

int64_t okrug_rows_fit(const okrug_fonts *fonts, const okrug_rows_chart *chart, double width, double room) {
    layout l = lay_out(fonts, chart, width);
    double height = legend(fonts, NULL, chart, 0.0, 0.0, width) + 2.0 * axis_height;
    int64_t rows = 0;
    while (rows < chart->rows) {
        height += height_of(fonts, &chart->row[rows], l.names);
        if (rows > 0 && height > room) {
            break;
        }
        rows++;
    }
    return rows;
}

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

static void draw_grid(okrug_canvas *canvas, const okrug_rows_chart *chart, const layout *l, double x, double top,
                      double bottom) {
    double taken = -INFINITY; /* up to where a number stands already */
    for (int t = 0; t < l->scale.ticks; t++) {
        double at = x + l->left + okrug_scale_at(&l->scale, l->scale.tick[t]) * (l->right - l->left);
        char text[OKRUG_FIXED_TEXT];
        double tick = l->scale.tick[t];
        int decimals = l->scale.decimals;
        for (decimals = decimals < 0 ? 0 : decimals; l->scale.decimals < 0 && decimals < 6; decimals++) {
            double power = pow(10.0, decimals);
            if (fabs(tick * power - nearbyint(tick * power)) < 1e-9) {
                break;
            }
        }
        okrug_number_fixed(tick, decimals, chart->numerals.decimal, chart->numerals.thousands, text);
        okrug_draw_line(canvas, (double[]){at, top}, (double[]){at, bottom}, 0.6, OKRUG_RULE, 0.0);
        double half = okrug_text_width(okrug_canvas_fonts(canvas), &axis_lettering, text) / 2.0;
        if (at - half > taken + 3.0) {
            okrug_draw_text(canvas, at, top - 5.0, text, &axis_lettering);
            taken = at + half;
        }
    }
    if (isfinite(chart->reference)) {
        double at = x + l->left + okrug_scale_at(&l->scale, chart->reference) * (l->right - l->left);
        okrug_draw_line(canvas, (double[]){at, top}, (double[]){at, bottom}, 1.1, OKRUG_MUTED, 0.0);
    }
    okrug_lettering axis = axis_lettering;
    okrug_draw_text(canvas, x + (l->left + l->right) / 2.0, bottom + 11.0, chart->axis, &axis);
}

static bool drawable(const okrug_rows_chart *chart, double value) {
    return isfinite(value) && (!chart->logarithmic || value > 0.0);
}

static void draw_row(okrug_canvas *canvas, const okrug_rows_chart *chart, const layout *l, const okrug_row *row,
                     double x, double y) {
    double width = l->right - l->left;
    double left = x + l->left;
    if (!drawable(chart, row->value)) {
        return;
    }
    double at = left + okrug_scale_at(&l->scale, row->value) * width;
    if (chart->kind == OKRUG_ROWS_BARS) {
        double zero = left + okrug_scale_at(&l->scale, chart->logarithmic ? 1.0 : 0.0) * width;
        okrug_paint paint = {.filled = true, .fill = row->tone == OKRUG_TONE_PLAIN ? 0x398888 : colour_of(row->tone)};
        okrug_draw_box(canvas, fmin(zero, at), y - 4.5, fabs(at - zero), 9.0, &paint);
    }
    if (drawable(chart, row->low) && drawable(chart, row->high)) {
        draw_range(canvas, left + okrug_scale_at(&l->scale, row->low) * width,
                   left + okrug_scale_at(&l->scale, row->high) * width, y, row->tone);
    }
    if (chart->kind == OKRUG_ROWS_DOTS) {
        draw_dot(canvas, at, y, row->tone);
    }
}

okrug_status okrug_rows_draw(okrug_ctx *ctx, okrug_canvas *canvas, const okrug_rows_chart *chart, double x, double y,
                             double width) {
    const okrug_fonts *fonts = okrug_canvas_fonts(canvas);
    layout l = lay_out(fonts, chart, width);
    double bottom = y + okrug_rows_height(fonts, chart, width) - axis_height;
    y += legend(fonts, canvas, chart, x, y, width) + axis_height;
    draw_grid(canvas, chart, &l, x, y, bottom);
    for (int64_t i = 0; i < chart->rows; i++) {
        OKRUG_TRY(okrug_check_cancel(ctx));
        okrug_paragraph *name = name_of(fonts, &chart->row[i], l.names);
        if (name == NULL) {
            return OKRUG_NO_MEMORY;
        }
        double height = height_of(fonts, &chart->row[i], l.names);
        double middle = y + height / 2.0;
        double lines = okrug_paragraph_lines(name);
        okrug_draw_paragraph(canvas, x, middle - lines * line_height / 2.0, name, 0, (int)lines);
        okrug_paragraph_free(name);
        draw_row(canvas, chart, &l, &chart->row[i], x, middle);
        okrug_draw_text(canvas, x + width, middle + 3.4, chart->row[i].text, &text_lettering);
        y += height;
    }
    return OKRUG_OK;
}
