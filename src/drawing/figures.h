/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Charts and maps: what they show, how high they are at a width, and drawing them. They own nothing that they point to.
 */
#ifndef OKRUG_DRAWING_FIGURES_H
#define OKRUG_DRAWING_FIGURES_H

#include "drawing/drawing.h"

/* ---- Rows on one scale: a dot with its range, or a bar ---------------------------------------------------------- */

typedef enum {
    OKRUG_TONE_PLAIN,
    OKRUG_TONE_ABOVE,  /* surely above the reference */
    OKRUG_TONE_BELOW,  /* surely below it */
    OKRUG_TONE_AROUND, /* cannot be told from it */
    OKRUG_TONE_BAND    /* a range of conventions, not of chance */
} okrug_tone;

typedef struct {
    const char *label;
    const char *text; /* the numbers in words of the reader, at the end of the row */
    double value;     /* NaN: none; `text` says why */
    double low, high; /* NaN: no range */
    okrug_tone tone;
} okrug_row;

typedef enum { OKRUG_ROWS_DOTS, OKRUG_ROWS_BARS } okrug_rows_kind;

typedef struct {
    const okrug_row *row;
    int64_t rows;
    const okrug_row
        *all; /* where the chart is one of several parts: the rows of all, which give one scale; else NULL */
    int64_t all_rows;
    okrug_rows_kind kind;
    bool logarithmic;          /* all values are above 0 */
    double reference;          /* a heavier line stands there; NaN: none */
    const char *axis;          /* what the numbers are */
    const char *const *legend; /* a text for each tone, NULL for those that do not occur; NULL: no legend */
    okrug_numerals numerals;
    const double *widths; /* of okrug_rows_widths for all rows, where parts are drawn one by one; NULL: measured anew */
} okrug_rows_chart;

/* The widest name and the widest text of the rows: {names, texts}. */
void okrug_rows_widths(const okrug_fonts *fonts, const okrug_rows_chart *chart, double widths[2]);

/* How many rows from the first have room in that height, at least one: measures no more rows than that and one. */
int64_t okrug_rows_fit(const okrug_fonts *fonts, const okrug_rows_chart *chart, double width, double room);

double okrug_rows_height(const okrug_fonts *fonts, const okrug_rows_chart *chart, double width);
okrug_status okrug_rows_draw(okrug_ctx *ctx, okrug_canvas *canvas, const okrug_rows_chart *chart, double x, double y,
                             double width);

/* ---- Small multiples: charts of rows, each under its title, in columns ------------------------------------------- */

typedef struct {
    const char *title;
    okrug_rows_chart chart;
} okrug_panel_chart;

typedef struct {
    const okrug_panel_chart *panel;
    int count;
    int columns; /* 1 and up */
} okrug_panels;

double okrug_panels_height(const okrug_fonts *fonts, const okrug_panels *panels, double width);
okrug_status okrug_panels_draw(okrug_ctx *ctx, okrug_canvas *canvas, const okrug_panels *panels, double x, double y,
                               double width);

/* ---- Lines over an ordered axis --------------------------------------------------------------------------------- */

typedef struct {
    const char *name;
    const double *y; /* one for each position; NaN: a gap */
} okrug_series;

typedef struct {
    const char *const *position; /* texts along the axis: "2018" */
    const double *at;            /* where each of them stands; rising */
    int64_t positions;
    const okrug_series *series;
    int64_t count;
    const char *axis;
    okrug_numerals numerals;
} okrug_lines_chart;

double okrug_lines_height(const okrug_fonts *fonts, const okrug_lines_chart *chart, double width);
okrug_status okrug_lines_draw(okrug_ctx *ctx, okrug_canvas *canvas, const okrug_lines_chart *chart, double x, double y,
                              double width);

/* ---- Maps -------------------------------------------------------------------------------------------------------- */

typedef struct {
    const char *name;
    const char *letter;  /* a short mark besides the name; NULL: none */
    okrug_outline shape; /* rings in degrees, longitude first; no rings: a symbol at the centre */
    double centre[2];    /* in degrees; of symbols only */
    int kind;            /* which class; -1: no value */
    bool unsure;
} okrug_area;

typedef struct {
    uint32_t colour;
    const char *letter; /* NULL: none */
    const char *text;
} okrug_area_class;

typedef struct {
    const okrug_area *area;
    int64_t areas;
    const okrug_area_class *kind;
    int kinds;
    const char *missing; /* what hatching means */
    const char *unsure;  /* what dots mean */
    const char *km;      /* "km" */
    okrug_numerals numerals;
} okrug_map;

double okrug_map_height(const okrug_fonts *fonts, const okrug_map *map, double width);
okrug_status okrug_map_draw(okrug_ctx *ctx, okrug_canvas *canvas, const okrug_map *map, double x, double y,
                            double width);

/* ---- Networks: who gives what to whom, from left to right
 * ------------------------------------------------------------ Boxes stand in at most OKRUG_NETWORK_LAYERS columns by
 * their trophic level: what comes from nobody is at the left. */

enum { OKRUG_NETWORK_LAYERS = 4, OKRUG_NETWORK_BOXES = 60, OKRUG_NETWORK_LINKS = 120 };

typedef struct {
    const char *label;
    const char *note; /* a second, quieter line; NULL: none */
    int kind;         /* of the legend; -1: none */
} okrug_network_box;

typedef struct {
    int from, to;
    double amount;    /* > 0 */
    const char *text; /* beside the arrow; NULL: none */
} okrug_network_link;

typedef struct {
    const okrug_network_box *box;
    int boxes; /* at most OKRUG_NETWORK_BOXES */
    const okrug_network_link *link;
    int links;                        /* at most OKRUG_NETWORK_LINKS */
    const char *const *kind;          /* what the colours mean */
    int kinds;                        /* at most OKRUG_HUES */
    const char *above;                /* a box over all columns; NULL: none */
    const char *below;                /* what the boxes under them are; NULL: there are none */
    const okrug_network_box *service; /* under the columns, without arrows */
    int services;
    const char *amounts; /* what the widths of arrows are: "million roubles" */
    okrug_numerals numerals;
} okrug_network;

double okrug_network_height(const okrug_fonts *fonts, const okrug_network *network, double width);
okrug_status okrug_network_draw(okrug_ctx *ctx, okrug_canvas *canvas, const okrug_network *network, double x, double y,
                                double width);

/* The trophic level of each box, 0 the lowest of those it hangs together with: over all links, weighted by their
 * amounts, the squares of (level of the buyer - level of the supplier - 1) sum to the least.
 * Source: MacKay, Johnson and Sansom (2020), How directed is a directed network?, R. Soc. Open Sci. 7: 201138. */
void okrug_network_levels(const okrug_network_link *link, int links, int boxes, double *level);

/* ---- Scales and projections: their mathematics ------------------------------------------------------------------- */

enum { OKRUG_TICKS = 12 };

typedef struct {
    bool logarithmic;
    double low, high; /* the ends of the axis */
    double tick[OKRUG_TICKS];
    int ticks;
    int decimals; /* that the ticks need; -1: each its own */
} okrug_scale;

/* An axis over low .. high with round ticks (1, 2 or 5 times a power of ten; powers of two where it is logarithmic). */
okrug_scale okrug_scale_over(double low, double high, bool logarithmic);
/* Where a value stands, 0 at the low end and 1 at the high one. */
double okrug_scale_at(const okrug_scale *scale, double value);

/* Conic, equal areas (Albers). Degrees in; out: x to the right and y up, on a sphere of radius 1.
 * Source: Snyder (1987), Map Projections: A Working Manual, USGS Professional Paper 1395, section 14. */
typedef struct {
    double n, c, rho, middle; /* n = 0: cylindrical (the parallels mirror each other across the equator) */
    double cosine;            /* of the standard parallel of the cylinder */
    bool turned;              /* longitudes below 0 count from 360: the extent crosses the antimeridian */
} okrug_projection;

/* What is shown, in degrees; longitudes twice: as they are, and counted from 0 to 360. */
typedef struct {
    double west[2], east[2], south, north;
} okrug_extent;

void okrug_extent_begin(okrug_extent *extent);
void okrug_extent_add(okrug_extent *extent, const double degrees[2]);

/* For that extent: the middle meridian, and standard parallels a sixth in from its edges. */
okrug_projection okrug_projection_for(const okrug_extent *extent);
void okrug_project(const okrug_projection *projection, const double degrees[2], double out[2]);

#endif
