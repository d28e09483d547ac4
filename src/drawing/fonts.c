/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Fonts of the machine and text broken into lines, by Pango. Metrics are not rounded to pixels, so that text is equally
 * wide on every canvas.
 */
#include "drawing/canvas.h"

#include <stdlib.h>
#include <string.h>

static const char wanted[] = "PT Sans";

#ifdef __SANITIZE_ADDRESS__
/* Fontconfig keeps what it knows of fonts until the program ends; that is no leak of ours. */
const char *__lsan_default_suppressions(void); /* NOLINT: the name is the sanitizer's */

const char *__lsan_default_suppressions(void) { /* NOLINT */
    return "leak:libfontconfig.so\n";
}
#endif

static bool has_family(PangoFontMap *map, int *families) {
    PangoFontFamily **list = NULL;
    bool found = false;
    pango_font_map_list_families(map, &list, families);
    for (int i = 0; i < *families; i++) {
        found = found || strcmp(pango_font_family_get_name(list[i]), wanted) == 0;
    }
    g_free(list);
    return found;
}

/* What the machine gives instead. */
static void warn_of_other(okrug_ctx *ctx, const okrug_fonts *fonts) {
    PangoFontDescription *description = pango_font_description_from_string("sans-serif 10");
    PangoFont *font = pango_context_load_font(fonts->context, description);
    const char *used = "sans-serif";
    PangoFontDescription *real = font != NULL ? pango_font_describe(font) : NULL;
    if (real != NULL && pango_font_description_get_family(real) != NULL) {
        used = okrug_text(ctx, "%s", pango_font_description_get_family(real));
    }
    okrug_warn(ctx, "font-absent", NULL, "font", wanted, "used", used, (char *)NULL);
    pango_font_description_free(real);
    pango_font_description_free(description);
    if (font != NULL) {
        g_object_unref(font);
    }
}

okrug_status okrug_fonts_new(okrug_ctx *ctx, okrug_fonts **fonts) {
    char reason[OKRUG_LIBRARY_REASON];
    if (!okrug_pango_load(reason)) {
        return okrug_fail(ctx, OKRUG_READ_FAILED, "no-pango", NULL, "reason", reason, (char *)NULL);
    }
    okrug_fonts *made = calloc(1, sizeof *made);
    if (made == NULL) {
        return OKRUG_NO_MEMORY;
    }
    made->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    int families = 0;
    bool there = made->map != NULL && has_family(made->map, &families);
    if (families == 0) {
        okrug_fonts_free(made);
        return okrug_fail(ctx, OKRUG_READ_FAILED, "no-fonts", NULL, "font", wanted, (char *)NULL);
    }
    pango_cairo_font_map_set_resolution((PangoCairoFontMap *)made->map, 72.0);
    made->context = pango_font_map_create_context(made->map);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(made->context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(made->context, FALSE);
    made->family = there ? wanted : "sans-serif";
    if (!there) {
        warn_of_other(ctx, made);
    }
    *fonts = made;
    return OKRUG_OK;
}

void okrug_fonts_free(okrug_fonts *fonts) {
    if (fonts != NULL) {
        if (fonts->context != NULL) {
            g_object_unref(fonts->context);
        }
        if (fonts->map != NULL) {
            g_object_unref(fonts->map);
        }
        free(fonts);
    }
}

/* ---- Text -------------------------------------------------------------------------------------------------------- */

static void set_font(const okrug_fonts *fonts, PangoLayout *layout, const okrug_lettering *lettering) {
    PangoFontDescription *description = pango_font_description_new();
    pango_font_description_set_family(description, fonts->family);
    pango_font_description_set_absolute_size(description, lettering->size * PANGO_SCALE);
    pango_font_description_set_weight(description, lettering->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_style(description, lettering->italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    pango_layout_set_font_description(layout, description);
    pango_font_description_free(description);
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* A range of numbers ("1.62–1.64") stays in one line. */
static void keep_ranges_whole(PangoAttrList *attributes, const char *text) {
    static const char dash[] = "\xE2\x80\x93";
    for (const char *at = strstr(text, dash); at != NULL; at = strstr(at + 3, dash)) {
        if (at > text && is_digit(at[-1]) && is_digit(at[3])) {
            PangoAttribute *whole = pango_attr_allow_breaks_new(FALSE);
            whole->start_index = (guint)(at - 1 - text);
            whole->end_index = (guint)(at + 4 - text);
            pango_attr_list_insert(attributes, whole);
        }
    }
}

/* Takes the marks for bold out of the text and into the attributes. */
static void split(const char *text, okrug_buffer *plain, PangoAttrList *attributes) {
    size_t bold_from = 0;
    bool bold = false;
    for (;;) {
        size_t length = strcspn(text, OKRUG_STRONG);
        okrug_buffer_add(plain, text, length);
        if (text[length] == '\0') {
            return;
        }
        if (bold) {
            PangoAttribute *weight = pango_attr_weight_new(PANGO_WEIGHT_BOLD);
            weight->start_index = (guint)bold_from;
            weight->end_index = (guint)plain->length;
            pango_attr_list_insert(attributes, weight);
        }
        bold = !bold;
        bold_from = plain->length;
        text += length + 1;
    }
}

PangoLayout *okrug_layout_new(const okrug_fonts *fonts, const okrug_lettering *lettering, const char *text) {
    okrug_buffer plain = {0};
    PangoAttrList *attributes = pango_attr_list_new();
    if (strchr(text, OKRUG_STRONG[0]) != NULL) { /* a text without them is laid out as it is: that cannot fail */
        split(text, &plain, attributes);
        text = plain.bytes != NULL ? plain.bytes : "";
    }
    PangoLayout *layout = NULL;
    if (!plain.failed) {
        keep_ranges_whole(attributes, text);
        layout = pango_layout_new(fonts->context);
        set_font(fonts, layout, lettering);
        pango_layout_set_text(layout, text, -1);
        pango_layout_set_attributes(layout, attributes);
    }
    pango_attr_list_unref(attributes);
    okrug_buffer_free(&plain);
    return layout;
}

double okrug_text_width(const okrug_fonts *fonts, const okrug_lettering *lettering, const char *text) {
    PangoLayout *layout = okrug_layout_new(fonts, lettering, text);
    int width = 0;
    if (layout != NULL) {
        pango_layout_get_size(layout, &width, NULL);
        g_object_unref(layout);
    }
    return (double)width / PANGO_SCALE;
}

static void set_width(PangoLayout *layout, double width, double indent) {
    pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_indent(layout, (int)(indent * PANGO_SCALE));
    pango_attr_list_insert(pango_layout_get_attributes(layout), pango_attr_insert_hyphens_new(FALSE));
}

int okrug_text_lines(const okrug_fonts *fonts, const okrug_lettering *lettering, const char *text, double width) {
    PangoLayout *layout = okrug_layout_new(fonts, lettering, text);
    int lines = 1;
    if (layout != NULL) {
        set_width(layout, width, 0.0);
        lines = pango_layout_get_line_count(layout);
        g_object_unref(layout);
    }
    return lines;
}

okrug_paragraph *okrug_paragraph_new(const okrug_fonts *fonts, const okrug_lettering *lettering, const char *text,
                                     double width, double indent, double spacing) {
    okrug_paragraph *made = calloc(1, sizeof *made);
    PangoLayout *layout = made != NULL ? okrug_layout_new(fonts, lettering, text) : NULL;
    if (layout == NULL) {
        free(made);
        return NULL;
    }
    *made = (okrug_paragraph){.layout = layout, .lettering = *lettering, .spacing = spacing, .width = width};
    if (width > 0.0) {
        set_width(layout, width, indent);
    }
    return made;
}

void okrug_paragraph_free(okrug_paragraph *paragraph) {
    if (paragraph != NULL) {
        g_object_unref(paragraph->layout);
        free(paragraph);
    }
}

int okrug_paragraph_lines(const okrug_paragraph *paragraph) {
    return pango_layout_get_line_count(paragraph->layout);
}

double okrug_paragraph_line_height(const okrug_paragraph *paragraph) {
    return paragraph->lettering.size * paragraph->spacing;
}

double okrug_paragraph_height(const okrug_paragraph *paragraph) {
    return okrug_paragraph_lines(paragraph) * okrug_paragraph_line_height(paragraph);
}

double okrug_paragraph_width(const okrug_paragraph *paragraph) {
    int width = 0;
    pango_layout_get_size(paragraph->layout, &width, NULL);
    return (double)width / PANGO_SCALE;
}
