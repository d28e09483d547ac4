/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pixels and PDF pages, by cairo.
 */
#include "drawing/canvas.h"

#include <math.h>
#include <stdlib.h>

/* The buffer remembers that memory was short; cairo does not bear to hear of it in the middle of a PDF. */
static cairo_status_t take_bytes(void *user, const unsigned char *bytes, unsigned int length) {
    okrug_buffer *out = user;
    okrug_buffer_add(out, (const char *)bytes, length);
    return CAIRO_STATUS_SUCCESS;
}

static void set_colour(cairo_t *cairo, uint32_t colour, double opacity) {
    cairo_set_source_rgba(cairo, (colour >> 16 & 255) / 255.0, (colour >> 8 & 255) / 255.0, (colour & 255) / 255.0,
                          opacity == 0.0 ? 1.0 : opacity);
}

/* Lines from lower left to upper right, or dots, over the box of the path, cut off at its edge. */
static void fill_pattern(cairo_t *cairo, const okrug_paint *paint) {
    double x0 = 0.0;
    double y0 = 0.0;
    double x1 = 0.0;
    double y1 = 0.0;
    cairo_path_extents(cairo, &x0, &y0, &x1, &y1);
    cairo_save(cairo);
    cairo_clip_preserve(cairo);
    cairo_path_t *path = cairo_copy_path(cairo);
    cairo_new_path(cairo);
    double high = y1 - y0;
    if (paint->pattern == OKRUG_HATCHED) {
        int64_t last = (int64_t)ceil(x1 / 5.0);
        for (int64_t line = (int64_t)floor((x0 - high) / 5.0); line < last; line++) {
            cairo_move_to(cairo, (double)line * 5.0, y1);
            cairo_line_to(cairo, (double)line * 5.0 + high, y0);
        }
        cairo_set_line_width(cairo, 1.1);
        set_colour(cairo, paint->fill, paint->opacity);
        cairo_stroke(cairo);
    } else {
        int64_t last = (int64_t)ceil(x1 / 6.0);
        int64_t below = (int64_t)ceil(y1 / 3.0);
        for (int64_t row = (int64_t)floor(y0 / 3.0); row < below; row++) {
            for (int64_t dot = (int64_t)floor(x0 / 6.0); dot < last; dot++) {
                cairo_new_sub_path(cairo);
                cairo_arc(cairo, (double)dot * 6.0 + (row % 2 != 0 ? 3.0 : 0.0), (double)row * 3.0, 0.75, 0.0,
                          2.0 * G_PI);
            }
        }
        set_colour(cairo, paint->fill, paint->opacity);
        cairo_fill(cairo);
    }
    cairo_append_path(cairo, path);
    cairo_path_destroy(path);
    cairo_restore(cairo);
}

static void paint_path(cairo_t *cairo, const okrug_paint *paint) {
    if (paint->filled && paint->pattern == OKRUG_SOLID) {
        set_colour(cairo, paint->fill, paint->opacity);
        cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_EVEN_ODD);
        cairo_fill_preserve(cairo);
    } else if (paint->filled) {
        cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_EVEN_ODD);
        fill_pattern(cairo, paint);
    }
    if (paint->line > 0.0) {
        set_colour(cairo, paint->colour, paint->opacity);
        cairo_set_line_width(cairo, paint->line);
        cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
        cairo_stroke_preserve(cairo);
    }
    cairo_new_path(cairo);
}

static void draw_shape(okrug_canvas *canvas, const okrug_outline *shape, const okrug_paint *paint) {
    for (int64_t r = 0; r < shape->rings; r++) {
        for (int64_t p = shape->start[r]; p < shape->start[r + 1]; p++) {
            const double *at = &shape->xy[2 * p];
            p == shape->start[r] ? cairo_move_to(canvas->cairo, at[0], at[1])
                                 : cairo_line_to(canvas->cairo, at[0], at[1]);
        }
        if (!shape->open) {
            cairo_close_path(canvas->cairo);
        }
    }
    paint_path(canvas->cairo, paint);
}

static void draw_circle(okrug_canvas *canvas, double x, double y, double radius, const okrug_paint *paint) {
    cairo_new_sub_path(canvas->cairo);
    cairo_arc(canvas->cairo, x, y, radius, 0.0, 2.0 * G_PI);
    cairo_close_path(canvas->cairo);
    paint_path(canvas->cairo, paint);
}

static void draw_text(okrug_canvas *canvas, double x, double y, PangoLayout *layout, PangoLayoutLine *line,
                      const okrug_lettering *lettering) {
    cairo_t *cairo = canvas->cairo;
    (void)layout;
    if (lettering->halo) {
        cairo_move_to(cairo, x, y);
        pango_cairo_layout_line_path(cairo, line);
        set_colour(cairo, OKRUG_PAPER, 0.85);
        cairo_set_line_width(cairo, lettering->size * 0.26);
        cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
        cairo_stroke(cairo);
    }
    set_colour(cairo, lettering->colour, 1.0);
    cairo_move_to(cairo, x, y);
    pango_cairo_show_layout_line(cairo, line);
    cairo_new_path(cairo);
}

static okrug_status finish(okrug_canvas *canvas, okrug_buffer *out) {
    bool failed = canvas->bytes.failed || cairo_status(canvas->cairo) != CAIRO_STATUS_SUCCESS;
    cairo_destroy(canvas->cairo);
    if (canvas->pixels) {
        failed = failed || cairo_surface_write_to_png_stream(canvas->surface, take_bytes, out) != CAIRO_STATUS_SUCCESS;
    } else {
        cairo_surface_finish(canvas->surface);
        okrug_buffer_add(out, canvas->bytes.bytes, canvas->bytes.length);
    }
    failed = failed || cairo_surface_status(canvas->surface) != CAIRO_STATUS_SUCCESS || canvas->bytes.failed;
    cairo_surface_destroy(canvas->surface);
    okrug_buffer_free(&canvas->bytes);
    free(canvas);
    return failed || out->failed ? OKRUG_NO_MEMORY : OKRUG_OK;
}

static const okrug_canvas_kind cairo_kind = {draw_shape, draw_circle, draw_text, finish};

static okrug_canvas *canvas_new(const okrug_fonts *fonts) {
    okrug_canvas *canvas = calloc(1, sizeof *canvas);
    if (canvas != NULL) {
        canvas->kind = &cairo_kind;
        canvas->fonts = fonts;
    }
    return canvas;
}

okrug_canvas *okrug_canvas_png(const okrug_fonts *fonts, double width, double height, double scale) {
    okrug_canvas *canvas = canvas_new(fonts);
    if (canvas != NULL) {
        canvas->pixels = true;
        canvas->surface =
            cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)ceil(width * scale), (int)ceil(height * scale));
        canvas->cairo = cairo_create(canvas->surface);
        set_colour(canvas->cairo, OKRUG_PAPER, 1.0);
        cairo_paint(canvas->cairo);
        cairo_scale(canvas->cairo, scale, scale);
    }
    return canvas;
}

/* ---- PDF --------------------------------------------------------------------------------------------------------- */

okrug_canvas *okrug_canvas_pdf(const okrug_fonts *fonts, const okrug_pdf_request *request) {
    okrug_canvas *canvas = canvas_new(fonts);
    if (canvas == NULL) {
        return NULL;
    }
    canvas->surface = cairo_pdf_surface_create_for_stream(take_bytes, &canvas->bytes, request->width, request->height);
    canvas->cairo = cairo_create(canvas->surface);
    cairo_pdf_surface_restrict_to_version(canvas->surface, CAIRO_PDF_VERSION_1_5);
    cairo_pdf_surface_set_metadata(canvas->surface, CAIRO_PDF_METADATA_TITLE, request->title);
    cairo_pdf_surface_set_metadata(canvas->surface, CAIRO_PDF_METADATA_CREATOR, "okrug");
    /* Without a date of its own cairo would write the time of day; an empty one writes none. */
    cairo_pdf_surface_set_metadata(canvas->surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                   request->date == NULL ? "" : request->date);
    return canvas;
}

void okrug_pdf_end_page(okrug_canvas *canvas) {
    cairo_show_page(canvas->cairo);
}

/* PDF counts heights upwards, cairo's attributes downwards. */
void okrug_pdf_outline(okrug_canvas *canvas, int level, const char *text, int page, double y) {
    char place[96];
    snprintf(place, sizeof place, "page=%d pos=[0 %d]", page, (int)y);
    int parent = level <= 1 ? CAIRO_PDF_OUTLINE_ROOT : canvas->chapter;
    int id = cairo_pdf_surface_add_outline(canvas->surface, parent, text, place, CAIRO_PDF_OUTLINE_FLAG_OPEN);
    canvas->chapter = level <= 1 ? id : canvas->chapter;
}

void okrug_pdf_link(okrug_canvas *canvas, const double box[4], int page, double y) {
    char place[160];
    snprintf(place, sizeof place, "rect=[%d %d %d %d] page=%d pos=[0 %d]", (int)box[0], (int)box[1], (int)box[2],
             (int)box[3], page, (int)y);
    cairo_tag_begin(canvas->cairo, CAIRO_TAG_LINK, place);
    cairo_tag_end(canvas->cairo, CAIRO_TAG_LINK);
}
