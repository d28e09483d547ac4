/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A map of areas in classes of colour, or of symbols where only centres are known. Hatching means that there is no
 * value, dots that it is not sure; a bar says how long a distance is. A name stands where it has room, or not at all.
 */
#include "drawing/map.h"

#include <math.h>
#include <stdio.h>

#include <okrug/number.h>

static const double highest = 380.0;
static const double radius = 8.5;
static const double legend_line = 15.0;
static const okrug_lettering small = {.size = 8.5, .colour = OKRUG_INK};

/* ---- The legend -------------------------------------------------------------------------------------------------- */

typedef struct {
    okrug_canvas *canvas; /* NULL: only measures */
    const okrug_fonts *fonts;
    double x, y, width;
    double at, line;
} legend;

/* Makes room for one entry; where it starts. */
static double next_entry(legend *l, const char *text) {
    double wide = 27.0 + okrug_text_width(l->fonts, &small, text) + 14.0;
    if (l->at > 0.0 && l->at + wide - 14.0 > l->width) {
        l->at = 0.0;
        l->line += legend_line;
    }
    double at = l->at;
    l->at += wide;
    return at;
}

static void swatch(legend *l, const okrug_paint *paint, const okrug_paint *over, const char *letter, const char *text) {
    double x = l->x + next_entry(l, text);
    double y = l->y + l->line;
    if (l->canvas == NULL) {
        return;
    }
    okrug_draw_box(l->canvas, x, y + 1.0, 21.0, 11.0, paint);
    if (over != NULL) {
        okrug_draw_box(l->canvas, x, y + 1.0, 21.0, 11.0, over);
    }
    if (letter != NULL) {
        okrug_lettering mark = {.size = 8.5, .bold = true, .colour = 0x14181C, .align = OKRUG_ALIGN_MIDDLE};
        okrug_draw_text(l->canvas, x + 10.5, y + 9.6, letter, &mark);
    }
    okrug_draw_text(l->canvas, x + 27.0, y + 9.6, text, &small);
}

static const okrug_paint hatching = {
    .filled = true, .fill = OKRUG_FAINT, .pattern = OKRUG_HATCHED, .line = 0.5, .colour = OKRUG_FAINT};
static const okrug_paint dotting = {.filled = true, .fill = OKRUG_INK, .pattern = OKRUG_DOTTED};

/* Draws it unless it has no canvas; returns its height. */
static double draw_legend(legend *l, const okrug_map *map) {
    bool missing = false;
    bool unsure = false;
    for (int64_t a = 0; a < map->areas; a++) {
        missing = missing || map->area[a].kind < 0;
        unsure = unsure || map->area[a].unsure;
    }
    for (int k = 0; k < map->kinds; k++) {
        okrug_paint paint = {.filled = true, .fill = map->kind[k].colour, .line = 0.5, .colour = OKRUG_FAINT};
        swatch(l, &paint, NULL, map->kind[k].letter, map->kind[k].text);
    }
    if (missing) {
        swatch(l, &hatching, NULL, NULL, map->missing);
    }
    if (unsure) {
        okrug_paint frame = {.line = 0.5, .colour = OKRUG_FAINT};
        swatch(l, &frame, &dotting, NULL, map->unsure);
    }
    return l->line + legend_line;
}

double okrug_map_height(const okrug_fonts *fonts, const okrug_map *map, double width) {
    legend l = {.fonts = fonts, .width = width};
    return okrug_map_fitted_height(map, width, highest) + 26.0 + draw_legend(&l, map);
}

/* ---- Names ------------------------------------------------------------------------------------------------------- */

typedef struct {
    double box[4]; /* left, top, right, bottom */
} taken;

static bool is_free(const taken *boxes, int64_t count, const double box[4]) {
    for (int64_t i = 0; i < count; i++) {
        const double *other = boxes[i].box;
        if (box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]) {
            return false;
        }
    }
    return true;
}

static bool is_dark(const okrug_map *map, const okrug_area *area) {
    if (area->kind < 0) {
        return false;
    }
    uint32_t c = map->kind[area->kind].colour;
    return 0.30 * (c >> 16 & 255) + 0.59 * (c >> 8 & 255) + 0.11 * (c & 255) < 120.0;
}

static void name_shape(okrug_canvas *canvas, const okrug_map *map, const okrug_area *area, const okrug_placed *placed) {
    const okrug_fonts *fonts = okrug_canvas_fonts(canvas);
    uint32_t ink = is_dark(map, area) ? OKRUG_PAPER : 0x14181C;
    okrug_lettering name = {
        .size = 7.5, .colour = ink, .align = OKRUG_ALIGN_MIDDLE, .halo = area->kind < 0 || area->unsure};
    okrug_lettering letter = {
        .size = 10.0, .bold = true, .colour = ink, .align = OKRUG_ALIGN_MIDDLE, .halo = area->unsure};
    bool fits = okrug_text_width(fonts, &name, area->name) <= placed->room - 1.0;
    if (!fits) {
        name.size = 6.5;
        fits = okrug_text_width(fonts, &name, area->name) <= placed->room - 1.0;
    }
    if (area->letter != NULL) {
        okrug_draw_text(canvas, placed->at[0], placed->at[1] + (fits ? -1.0 : 3.5), area->letter, &letter);
    }
    if (fits) {
        okrug_draw_text(canvas, placed->at[0], placed->at[1] + (area->letter != NULL ? 8.0 : 2.7), area->name, &name);
    }
}

/* Right of the symbol, else left, below, above; nowhere if all of these are taken. */
static void name_symbol(okrug_canvas *canvas, const okrug_area *area, const okrug_placed *placed, const double frame[4],
                        taken *boxes, int64_t *count) {
    okrug_lettering name = {.size = 8.0, .colour = OKRUG_INK};
    double wide = okrug_text_width(okrug_canvas_fonts(canvas), &name, area->name);
    const double x = placed->at[0];
    const double y = placed->at[1];
    const double starts[4][2] = {{x + radius + 2.5, y + 2.8},
                                 {x - radius - 2.5 - wide, y + 2.8},
                                 {x - wide / 2.0, y + radius + 8.5},
                                 {x - wide / 2.0, y - radius - 3.0}};
    for (int i = 0; i < 4; i++) {
        const double *at = starts[i];
        const double box[4] = {at[0] - 1.0, at[1] - 7.0, at[0] + wide + 1.0, at[1] + 2.0};
        if (box[0] >= frame[0] && box[2] <= frame[2] && is_free(boxes, *count, box)) {
            okrug_draw_text(canvas, at[0], at[1], area->name, &name);
            boxes[(*count)++] = (taken){{box[0], box[1], box[2], box[3]}};
            return;
        }
    }
}

/* ---- The map ----------------------------------------------------------------------------------------------------- */

static void fill_area(okrug_canvas *canvas, const okrug_map *map, const okrug_area *area, const okrug_placed *placed) {
    bool known = area->kind >= 0;
    okrug_paint ground = {.filled = true,
                          .fill = known ? map->kind[area->kind].colour : OKRUG_PANEL,
                          .line = known ? 1.0 : 0.0,
                          .colour = OKRUG_PAPER};
    bool symbol = area->shape.rings == 0;
    okrug_paint over = known ? dotting : hatching;
    over.line = known ? 0.0 : 1.0;
    over.colour = known ? 0 : OKRUG_PAPER;
    if (symbol) {
        ground.line = 0.8;
        ground.colour = OKRUG_MUTED;
        over.line = 0.0;
        okrug_draw_circle(canvas, placed->at[0], placed->at[1], radius, &ground);
    } else {
        okrug_draw_shape(canvas, &placed->shape, &ground);
    }
    if (known && !area->unsure) {
        return;
    }
    if (symbol) {
        okrug_draw_circle(canvas, placed->at[0], placed->at[1], radius, &over);
    } else {
        okrug_draw_shape(canvas, &placed->shape, &over);
    }
}

/* A bar of 1, 2 or 5 times a power of ten kilometres, about a fifth of the width. */
static void draw_scale(okrug_canvas *canvas, const okrug_map *map, const okrug_placing *placing, double x, double y) {
    double km = placing->width / 5.0 / placing->points_per_km;
    double power = pow(10.0, floor(log10(km)));
    double times = km / power;
    km = power * (times >= 5.0 ? 5.0 : times >= 2.0 ? 2.0 : 1.0);
    double length = km * placing->points_per_km;
    char number[OKRUG_FIXED_TEXT];
    okrug_number_fixed(km, km >= 1.0 ? 0 : 2, map->numerals.decimal, map->numerals.thousands, number);
    char text[OKRUG_FIXED_TEXT + 32];
    snprintf(text, sizeof text, "%s\xC2\xA0%s", number, map->km);
    okrug_draw_line(canvas, (double[]){x, y}, (double[]){x + length, y}, 1.0, OKRUG_MUTED, 0.0);
    okrug_draw_line(canvas, (double[]){x, y - 3.0}, (double[]){x, y + 3.0}, 1.0, OKRUG_MUTED, 0.0);
    okrug_draw_line(canvas, (double[]){x + length, y - 3.0}, (double[]){x + length, y + 3.0}, 1.0, OKRUG_MUTED, 0.0);
    okrug_lettering lettering = {.size = 8.5, .colour = OKRUG_MUTED};
    okrug_draw_text(canvas, x + length + 6.0, y + 3.0, text, &lettering);
}

static okrug_status draw_names(okrug_ctx *ctx, okrug_canvas *canvas, const okrug_map *map, const okrug_placing *placing,
                               const double frame[4]) {
    taken *boxes = OKRUG_SCRATCH(ctx, 2 * map->areas, taken);
    if (boxes == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int64_t count = 0;
    okrug_lettering letter = {.size = 9.0, .bold = true, .colour = 0x14181C, .align = OKRUG_ALIGN_MIDDLE};
    for (int64_t a = 0; a < map->areas; a++) {
        const double *at = placing->area[a].at;
        if (map->area[a].shape.rings == 0) {
            boxes[count++] = (taken){{at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius}};
            if (map->area[a].letter != NULL) {
                okrug_draw_text(canvas, at[0], at[1] + 3.2, map->area[a].letter, &letter);
            }
        }
    }
    for (int64_t a = 0; a < map->areas; a++) {
        if (map->area[a].shape.rings > 0) {
            name_shape(canvas, map, &map->area[a], &placing->area[a]);
        } else {
            name_symbol(canvas, &map->area[a], &placing->area[a], frame, boxes, &count);
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_map_draw(okrug_ctx *ctx, okrug_canvas *canvas, const okrug_map *map, double x, double y,
                            double width) {
    if (map->areas == 0) {
        return OKRUG_OK;
    }
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_placing placing = {0};
    okrug_status status = okrug_map_place(ctx, map, (double[]){x, y}, width, highest, &placing);
    if (status == OKRUG_OK) {
        for (int64_t a = 0; a < map->areas; a++) {
            fill_area(canvas, map, &map->area[a], &placing.area[a]);
        }
        status = draw_names(ctx, canvas, map, &placing, (double[]){x, y, x + width, y + placing.height});
    }
    if (status == OKRUG_OK) {
        draw_scale(canvas, map, &placing, x + 2.0, y + placing.height + 10.0);
        legend l = {.canvas = canvas,
                    .fonts = okrug_canvas_fonts(canvas),
                    .x = x,
                    .y = y + placing.height + 26.0,
                    .width = width};
        draw_legend(&l, map);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
