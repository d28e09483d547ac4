/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Drawing: one routine for a chart or a map, and three things to draw it on (SVG, PNG, PDF). Lengths are points
 * (1/72 inch), x to the right and y down. The same drawing with the same fonts gives the same bytes: nothing of the
 * day gets in. The fonts are those of the machine, PT Sans where it is there.
 *
 * A canvas remembers that something failed, as a buffer does: draw on, and ask once at the end.
 */
#ifndef OKRUG_DRAWING_DRAWING_H
#define OKRUG_DRAWING_DRAWING_H

#include <okrug/context.h>
#include <okrug/text.h>

/* ---- Fonts and text ------------------------------------------------------------------------------------------- */

typedef struct okrug_fonts okrug_fonts;

/* OKRUG_READ_FAILED ("no-pango", "no-fonts") where the machine has none; a warning ("font-absent") where PT Sans is not
 * there and another is taken. Not for several threads at once. */
okrug_status okrug_fonts_new(okrug_ctx *ctx, okrug_fonts **fonts);
void okrug_fonts_free(okrug_fonts *fonts); /* NULL is allowed */

typedef enum { OKRUG_ALIGN_START, OKRUG_ALIGN_MIDDLE, OKRUG_ALIGN_END } okrug_align;

typedef struct {
    double size;
    uint32_t colour; /* 0xRRGGBB */
    bool bold;
    bool italic;
    bool halo; /* a rim of paper, so that it is read on any ground */
    okrug_align align;
} okrug_lettering;

/* Turns bold on and off inside a text. */
#define OKRUG_STRONG "\x01"

double okrug_text_width(const okrug_fonts *fonts, const okrug_lettering *lettering, const char *text);
/* How many lines it takes at that width. Neither can fail for a text without OKRUG_STRONG. */
int okrug_text_lines(const okrug_fonts *fonts, const okrug_lettering *lettering, const char *text, double width);

/* Text broken into lines of at most `width` (0: one line). Freed by okrug_paragraph_free. */
typedef struct okrug_paragraph okrug_paragraph;

okrug_paragraph *okrug_paragraph_new(const okrug_fonts *fonts, const okrug_lettering *lettering, const char *text,
                                     double width, double indent, double spacing); /* NULL: memory is short */
void okrug_paragraph_free(okrug_paragraph *paragraph);
int okrug_paragraph_lines(const okrug_paragraph *paragraph);
double okrug_paragraph_line_height(const okrug_paragraph *paragraph);
double okrug_paragraph_height(const okrug_paragraph *paragraph);
double okrug_paragraph_width(const okrug_paragraph *paragraph); /* of its widest line */

/* ---- What there is to draw on ----------------------------------------------------------------------------------- */

typedef struct okrug_canvas okrug_canvas;

/* One drawing as an SVG element that stands alone. `prefix` makes its ids differ from those of other drawings in the
 * same page; `label` is what is read aloud. */
okrug_canvas *okrug_canvas_svg(const okrug_fonts *fonts, double width, double height, const char *prefix,
                               const char *label);
/* The same as pixels, `scale` of them to the point, on white. */
okrug_canvas *okrug_canvas_png(const okrug_fonts *fonts, double width, double height, double scale);
/* The bytes of an SVG or PNG canvas, which is freed in any case. NULL is a canvas that could not be made. */
okrug_status okrug_canvas_finish(okrug_canvas *canvas, okrug_buffer *out);

/* A PDF. `title` and `date` (ISO 8601; NULL: none) are its metadata. */
typedef struct {
    const char *title;
    const char *date;
    double width, height; /* of a page */
} okrug_pdf_request;

okrug_canvas *okrug_canvas_pdf(const okrug_fonts *fonts, const okrug_pdf_request *request);
void okrug_pdf_end_page(okrug_canvas *canvas);
/* An entry of the outline that leads to that height of that page (from 1); `level` from 1. */
void okrug_pdf_outline(okrug_canvas *canvas, int level, const char *text, int page, double y);
/* The rectangle leads to that height of that page. */
void okrug_pdf_link(okrug_canvas *canvas, const double box[4], int page, double y);

/* ---- Strokes ---------------------------------------------------------------------------------------------------- */

typedef enum { OKRUG_SOLID, OKRUG_HATCHED, OKRUG_DOTTED } okrug_pattern;

typedef struct {
    bool filled;
    uint32_t fill;
    okrug_pattern pattern; /* hatched and dotted: drawn in `fill` over what is there */
    double line;           /* width of the outline; 0: none */
    uint32_t colour;       /* of the outline */
    double opacity;        /* 0 means 1 */
} okrug_paint;

/* Rings (closed) or polylines: ring r has the points start[r] .. start[r + 1] of xy. */
typedef struct {
    int64_t rings;
    const int64_t *start;
    const double *xy;
    bool open;
} okrug_outline;

void okrug_draw_shape(okrug_canvas *canvas, const okrug_outline *shape, const okrug_paint *paint);
void okrug_draw_line(okrug_canvas *canvas, const double from[2], const double to[2], double width, uint32_t colour,
                     double opacity);
void okrug_draw_box(okrug_canvas *canvas, double x, double y, double width, double height, const okrug_paint *paint);
void okrug_draw_circle(okrug_canvas *canvas, double x, double y, double radius, const okrug_paint *paint);
/* One line; y is the base line. */
void okrug_draw_text(okrug_canvas *canvas, double x, double y, const char *text, const okrug_lettering *lettering);
/* Lines first .. first + count of a paragraph, below y. */
void okrug_draw_paragraph(okrug_canvas *canvas, double x, double y, const okrug_paragraph *paragraph, int first,
                          int count);
const okrug_fonts *okrug_canvas_fonts(const okrug_canvas *canvas);

/* ---- The house's colours: those of the page in daylight, which keep apart for all common kinds of colour blindness
 * and in print ------------------------------------------------------------------------------------------------------
 */
enum {
    OKRUG_PAPER = 0xFFFFFF,
    OKRUG_PANEL = 0xF4F1EA,
    OKRUG_INK = 0x1E262D,
    OKRUG_MUTED = 0x56616B,
    OKRUG_FAINT = 0xA3A8A8,
    OKRUG_RULE = 0xE2DED4,
    OKRUG_ABOVE = 0xB5500C,
    OKRUG_BELOW = 0x2B689C
};
enum { OKRUG_HUES = 8, OKRUG_STEPS = 5 };
extern const uint32_t okrug_hues[OKRUG_HUES + 1];   /* for kinds; the last is grey, for all others */
extern const uint32_t okrug_sequence[OKRUG_STEPS];  /* for amounts, light to dark */
extern const uint32_t okrug_diverging[OKRUG_STEPS]; /* around a middle, from below to above */

/* How numbers are written for the reader. */
typedef struct {
    const char *decimal;
    const char *thousands;
} okrug_numerals;

#endif
