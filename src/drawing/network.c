/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Networks of who gives what to whom: boxes in columns, arrows as wide as what flows, services under them.
 */
#include "drawing/network.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <okrug/number.h>

static const okrug_lettering label_lettering = {.size = 7.5, .colour = OKRUG_INK};
static const okrug_lettering note_lettering = {.size = 6.5, .colour = OKRUG_MUTED};
static const okrug_lettering small = {.size = 8.5, .colour = OKRUG_MUTED};
static const double inset = 6.0;
static const double between = 6.0;   /* boxes of a column */
static const double widest = 7.0;    /* arrow */
static const double highest = 600.0; /* of a page, legend and services included */
enum { LINES_MOST = 3, CURVE = 20, SAMPLES = 3 };

typedef struct {
    int lines;                          /* of a label at most */
    bool notes;                         /* are there */
    double box;                         /* width of a box */
    double gap;                         /* between columns */
    double height[OKRUG_NETWORK_BOXES]; /* of a box, without what is between */
    network_places places;
} layout;

/* ---- Boxes ------------------------------------------------------------------------------------------------------- */

static int lines_of(const okrug_fonts *fonts, const char *label, double width, int most) {
    int lines = okrug_text_lines(fonts, &label_lettering, label, width - 2.0 * inset);
    return lines < most ? lines : most;
}

static double box_height(const okrug_fonts *fonts, const okrug_network_box *box, double width, int most) {
    return lines_of(fonts, box->label, width, most) * 9.4 + (box->note != NULL ? 8.5 : 0.0) + 6.0;
}

static okrug_status draw_box(okrug_canvas *canvas, const okrug_network_box *box, const double at[4], uint32_t fill,
                             int most) {
    const okrug_fonts *fonts = okrug_canvas_fonts(canvas);
    okrug_paint paint = {.filled = true, .fill = fill, .line = 0.8, .colour = OKRUG_FAINT};
    okrug_draw_box(canvas, at[0], at[1], at[2], at[3], &paint);
    if (box->kind >= 0) {
        okrug_paint strip = {.filled = true, .fill = okrug_hues[box->kind < OKRUG_HUES ? box->kind : OKRUG_HUES]};
        okrug_draw_box(canvas, at[0], at[1], 3.0, at[3], &strip);
    }
    okrug_paragraph *label =
        okrug_paragraph_new(fonts, &label_lettering, box->label, at[2] - 2.0 * inset, 0.0, 9.4 / 7.5);
    if (label == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int lines = lines_of(fonts, box->label, at[2], most);
    okrug_draw_paragraph(canvas, at[0] + inset, at[1] + 3.0, label, 0, lines);
    okrug_paragraph_free(label);
    if (box->note != NULL) {
        okrug_draw_text(canvas, at[0] + inset, at[1] + at[3] - 4.5, box->note, &note_lettering);
    }
    return OKRUG_OK;
}

/* ---- Above and below the columns --------------------------------------------------------------------------------- */

enum { ABREAST = 3 }; /* services in a row */

static double above_height(const okrug_network *network) {
    return network->above != NULL ? 30.0 : 0.0;
}

static double service_width(double width) {
    return (width - (ABREAST - 1) * between) / ABREAST;
}

/* The height of a row of services from that one on. */
static double service_row(const okrug_fonts *fonts, const okrug_network *network, int first, double width) {
    double high = 0.0;
    for (int i = first; i < network->services && i < first + ABREAST; i++) {
        high = fmax(high, box_height(fonts, &network->service[i], service_width(width), LINES_MOST));
    }
    return high;
}

static double services_height(const okrug_fonts *fonts, const okrug_network *network, double width) {
    double height = network->services > 0 ? 28.0 : 0.0;
    for (int i = 0; i < network->services; i += ABREAST) {
        height += service_row(fonts, network, i, width) + between;
    }
    return height;
}

static okrug_status draw_services(okrug_canvas *canvas, const okrug_network *network, double x, double y,
                                  double width) {
    const okrug_fonts *fonts = okrug_canvas_fonts(canvas);
    if (network->services == 0) {
        return OKRUG_OK;
    }
    okrug_draw_line(canvas, (double[]){x, y + 8.0}, (double[]){x + width, y + 8.0}, 0.6, OKRUG_RULE, 0.0);
    okrug_draw_text(canvas, x, y + 20.0, network->below != NULL ? network->below : "", &small);
    y += 26.0;
    double wide = service_width(width);
    for (int i = 0; i < network->services; i += ABREAST) {
        double high = service_row(fonts, network, i, width);
        for (int k = i; k < network->services && k < i + ABREAST; k++) {
            OKRUG_TRY(draw_box(canvas, &network->service[k], (double[]){x + (k - i) * (wide + between), y, wide, high},
                               OKRUG_PANEL, LINES_MOST));
        }
        y += high + between;
    }
    return OKRUG_OK;
}

/* ---- The legend -------------------------------------------------------------------------------------------------- */

static double largest(const okrug_network *network) {
    double most = 0.0;
    for (int l = 0; l < network->links; l++) {
        most = fmax(most, network->link[l].amount);
    }
    return most;
}

/* The area would mislead the eye less than nothing: width is as the amount, but never so thin that it is lost. */
static double arrow_width(const okrug_network *network, double amount) {
    return fmax(0.7, widest * amount / largest(network));
}

/* Kinds, then samples of widths. Draws it unless `canvas` is NULL; returns how high it is. */
static double legend(const okrug_fonts *fonts, okrug_canvas *canvas, const okrug_network *network, double x, double y,
                     double width) {
    double at = 0.0;
    double line = 0.0;
    for (int k = 0; k < network->kinds; k++) {
        double wide = 12.0 + okrug_text_width(fonts, &small, network->kind[k]) + 14.0;
        if (at > 0.0 && at + wide > width) {
            at = 0.0;
            line += 13.0;
        }
        if (canvas != NULL) {
            okrug_paint paint = {.filled = true, .fill = okrug_hues[k]};
            okrug_draw_box(canvas, x + at, y + line + 4.0, 8.0, 8.0, &paint);
            okrug_draw_text(canvas, x + at + 12.0, y + line + 11.0, network->kind[k], &small);
        }
        at += wide;
    }
    line += network->kinds > 0 ? 15.0 : 0.0;
    if (network->links == 0) {
        return line > 0.0 ? line + 6.0 : 0.0;
    }
    double most = largest(network);
    double step = pow(10.0, floor(log10(most)));
    double round = most / step >= 5.0 ? 5.0 * step : most / step >= 2.0 ? 2.0 * step : step;
    at = 0.0;
    for (int i = 0; i < SAMPLES; i++) {
        char text[OKRUG_FIXED_TEXT];
        double amount = round * pow(10.0, -i);
        int decimals = amount >= 1.0 ? 0 : (int)ceil(-log10(amount) - 1e-9);
        okrug_number_fixed(amount, decimals, network->numerals.decimal, network->numerals.thousands, text);
        double wide = 26.0 + okrug_text_width(fonts, &small, text) + 14.0;
        if (canvas != NULL) {
            okrug_draw_line(canvas, (double[]){x + at, y + line + 8.0}, (double[]){x + at + 20.0, y + line + 8.0},
                            arrow_width(network, amount), OKRUG_BELOW, 0.6);
            okrug_draw_text(canvas, x + at + 26.0, y + line + 11.0, text, &small);
        }
        at += wide;
    }
    if (canvas != NULL) {
        okrug_draw_text(canvas, x + at, y + line + 11.0, network->amounts, &small);
    }
    return line + 22.0;
}

/* ---- Arrows ------------------------------------------------------------------------------------------------------ */

/* A curve from point to point that leaves and arrives level; `bend` is how far it swings out. */
static void add_curve(double *xy, int64_t *points, const double from[2], const double to[2], double bend[2]) {
    for (int i = *points == 0 ? 0 : 1; i <= CURVE; i++) {
        double t = (double)i / CURVE;
        double s = 1.0 - t;
        double c[4] = {s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t};
        xy[2 * *points] = c[0] * from[0] + c[1] * (from[0] + bend[0]) + c[2] * (to[0] - bend[1]) + c[3] * to[0];
        xy[2 * *points + 1] = (c[0] + c[1]) * from[1] + (c[2] + c[3]) * to[1];
        ++*points;
    }
}

static void draw_head(okrug_canvas *canvas, const double tip[2], double side, double width, uint32_t colour) {
    double size = fmax(2.6, width * 0.9);
    double xy[] = {
        tip[0],       tip[1], tip[0] - side * (4.0 + width * 0.4), tip[1] - size, tip[0] - side * (4.0 + width * 0.4),
        tip[1] + size};
    okrug_draw_shape(canvas, &(okrug_outline){.rings = 1, .start = (int64_t[]){0, 3}, .xy = xy},
                     &(okrug_paint){.filled = true, .fill = colour});
}

static void draw_link(okrug_canvas *canvas, const okrug_network *network, const layout *l, int number, double x,
                      double y) {
    const okrug_network_link *link = &network->link[number];
    const network_places *p = &l->places;
    double xy[2 * (CURVE + 1) * OKRUG_NETWORK_LAYERS * 2];
    int64_t points = 0;
    double width = arrow_width(network, link->amount);
    int change = p->layer[link->to] - p->layer[link->from];
    double side = change < 0 ? -1.0 : 1.0;   /* which edge it leaves by */
    double last = change == 0 ? -1.0 : side; /* the way it points */
    uint32_t colour = change > 0 ? OKRUG_BELOW : OKRUG_ABOVE;
    double at[2] = {0.0, 0.0};
    for (int s = 0; s < p->steps[number]; s++) {
        const network_place *place = &p->place[p->path[number][s]];
        double left = x + place->layer * (l->box + l->gap);
        double middle = y + place->centre;
        bool box = s == 0 || s + 1 == p->steps[number];
        double in = left + (change < 0 || (change == 0 && s > 0) ? l->box : 0.0);
        if (s > 0) {
            double tip = box ? -last * (3.0 + width * 0.4) : 0.0;
            double to[2] = {in + tip, middle};
            double swing = change == 0 ? fmin(l->gap > 0.0 ? l->gap * 0.8 : 12.0, 10.0 + fabs(to[1] - at[1]) * 0.2)
                                       : fabs(to[0] - at[0]) * 0.5;
            add_curve(xy, &points, at, to, (double[2]){side * swing, last * swing});
            at[0] = to[0];
            at[1] = to[1];
            if (box) {
                draw_head(canvas, (double[]){in, middle}, last, width, colour);
            }
        }
        if (s == 0 || !box) { /* on over the place, or out of the box */
            double out = left + (side > 0.0 ? l->box : 0.0);
            double from[2] = {out, middle};
            if (s > 0) {
                add_curve(xy, &points, at, from, (double[2]){0.0, 0.0});
            }
            at[0] = from[0];
            at[1] = from[1];
        }
    }
    okrug_draw_shape(canvas, &(okrug_outline){.rings = 1, .start = (int64_t[]){0, points}, .xy = xy, .open = true},
                     &(okrug_paint){.line = width, .colour = colour, .opacity = 0.6});
    if (link->text != NULL) {
        okrug_lettering halo = {.size = 6.5, .colour = OKRUG_MUTED, .halo = true, .align = OKRUG_ALIGN_MIDDLE};
        int64_t middle = change == 0 ? CURVE / 2 : CURVE / 3;
        okrug_draw_text(canvas, xy[2 * middle], xy[2 * middle + 1] - width / 2.0 - 1.0, link->text, &halo);
    }
}

/* ---- All of it --------------------------------------------------------------------------------------------------- */

static void set_boxes(const okrug_fonts *fonts, const okrug_network *network, double width, layout *l) {
    /* The number of columns is not known before they are placed, and heights depend on it: placed twice. */
    double height[OKRUG_NETWORK_BOXES] = {0.0};
    okrug_network_place(network, height, &l->places);
    int layers = l->places.layers;
    l->box = fmin(150.0, 0.66 * width / layers);
    l->gap = layers > 1 ? (width - layers * l->box - 14.0) / (layers - 1) : 0.0;
    for (int b = 0; b < network->boxes; b++) {
        okrug_network_box box = network->box[b];
        box.note = l->notes ? box.note : NULL;
        l->height[b] = box_height(fonts, &box, l->box, l->lines);
        height[b] = l->height[b] + (l->notes ? between : between / 2.0);
    }
    okrug_network_place(network, height, &l->places);
}

/* Boxes say less where a column would be higher than a page. */
static void lay_out(const okrug_fonts *fonts, const okrug_network *network, double width, layout *l) {
    double rest =
        above_height(network) + legend(fonts, NULL, network, 0.0, 0.0, width) + services_height(fonts, network, width);
    l->notes = true;
    l->lines = LINES_MOST;
    set_boxes(fonts, network, width, l);
    for (l->lines = 2; l->lines > 0 && l->places.height + rest > highest; l->lines--) {
        l->notes = false;
        set_boxes(fonts, network, width, l);
    }
    l->lines++;
}

double okrug_network_height(const okrug_fonts *fonts, const okrug_network *network, double width) {
    layout l;
    lay_out(fonts, network, width, &l);
    return above_height(network) + legend(fonts, NULL, network, 0.0, 0.0, width) + l.places.height +
           services_height(fonts, network, width) + 4.0;
}

okrug_status okrug_network_draw(okrug_ctx *ctx, okrug_canvas *canvas, const okrug_network *network, double x, double y,
                                double width) {
    const okrug_fonts *fonts = okrug_canvas_fonts(canvas);
    layout l;
    lay_out(fonts, network, width, &l);
    y += legend(fonts, canvas, network, x, y, width);
    if (network->above != NULL) {
        okrug_network_box box = {.label = network->above, .kind = -1};
        OKRUG_TRY(draw_box(canvas, &box, (double[]){x, y, width, 20.0}, OKRUG_PANEL, 1));
        y += above_height(network);
    }
    for (int i = 0; i < network->links; i++) {
        OKRUG_TRY(okrug_check_cancel(ctx));
        draw_link(canvas, network, &l, i, x, y);
    }
    for (int b = 0; b < network->boxes; b++) {
        double left = x + l.places.layer[b] * (l.box + l.gap);
        double top = y + l.places.place[b].centre - l.height[b] / 2.0;
        okrug_network_box box = network->box[b];
        box.note = l.notes ? box.note : NULL;
        OKRUG_TRY(draw_box(canvas, &box, (double[]){left, top, l.box, l.height[b]}, OKRUG_PAPER, l.lines));
    }
    return draw_services(canvas, network, x, y + l.places.height, width);
}
