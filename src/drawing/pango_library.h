/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The functions of cairo, Pango and GLib that this room calls, found by name when the first fonts are asked for:
 * loading these libraries takes a quarter of a start, and few commands draw. The rest of the room calls them by their
 * own names. A call that is not in the list does not link.
 */
#ifndef OKRUG_DRAWING_PANGO_LIBRARY_H
#define OKRUG_DRAWING_PANGO_LIBRARY_H

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <okrug/library.h>

#define OKRUG_PANGO_FUNCTIONS(X)                                                                                       \
    X(cairo_append_path)                                                                                               \
    X(cairo_arc)                                                                                                       \
    X(cairo_clip_preserve)                                                                                             \
    X(cairo_close_path)                                                                                                \
    X(cairo_copy_path)                                                                                                 \
    X(cairo_create)                                                                                                    \
    X(cairo_destroy)                                                                                                   \
    X(cairo_fill)                                                                                                      \
    X(cairo_fill_preserve)                                                                                             \
    X(cairo_font_options_create)                                                                                       \
    X(cairo_font_options_destroy)                                                                                      \
    X(cairo_font_options_set_antialias)                                                                                \
    X(cairo_font_options_set_hint_metrics)                                                                             \
    X(cairo_font_options_set_hint_style)                                                                               \
    X(cairo_image_surface_create)                                                                                      \
    X(cairo_line_to)                                                                                                   \
    X(cairo_move_to)                                                                                                   \
    X(cairo_new_path)                                                                                                  \
    X(cairo_new_sub_path)                                                                                              \
    X(cairo_paint)                                                                                                     \
    X(cairo_path_destroy)                                                                                              \
    X(cairo_path_extents)                                                                                              \
    X(cairo_pdf_surface_add_outline)                                                                                   \
    X(cairo_pdf_surface_create_for_stream)                                                                             \
    X(cairo_pdf_surface_restrict_to_version)                                                                           \
    X(cairo_pdf_surface_set_metadata)                                                                                  \
    X(cairo_restore)                                                                                                   \
    X(cairo_save)                                                                                                      \
    X(cairo_scale)                                                                                                     \
    X(cairo_set_fill_rule)                                                                                             \
    X(cairo_set_line_join)                                                                                             \
    X(cairo_set_line_width)                                                                                            \
    X(cairo_set_source_rgba)                                                                                           \
    X(cairo_show_page)                                                                                                 \
    X(cairo_status)                                                                                                    \
    X(cairo_stroke)                                                                                                    \
    X(cairo_stroke_preserve)                                                                                           \
    X(cairo_surface_destroy)                                                                                           \
    X(cairo_surface_finish)                                                                                            \
    X(cairo_surface_status)                                                                                            \
    X(cairo_surface_write_to_png_stream)                                                                               \
    X(cairo_tag_begin)                                                                                                 \
    X(cairo_tag_end)                                                                                                   \
    X(g_free)                                                                                                          \
    X(g_object_unref)                                                                                                  \
    X(pango_attr_allow_breaks_new)                                                                                     \
    X(pango_attr_insert_hyphens_new)                                                                                   \
    X(pango_attr_list_insert)                                                                                          \
    X(pango_attr_list_new)                                                                                             \
    X(pango_attr_list_unref)                                                                                           \
    X(pango_attr_weight_new)                                                                                           \
    X(pango_cairo_context_set_font_options)                                                                            \
    X(pango_cairo_font_map_new_for_font_type)                                                                          \
    X(pango_cairo_font_map_set_resolution)                                                                             \
    X(pango_cairo_layout_line_path)                                                                                    \
    X(pango_cairo_show_layout_line)                                                                                    \
    X(pango_context_load_font)                                                                                         \
    X(pango_context_set_round_glyph_positions)                                                                         \
    X(pango_font_describe)                                                                                             \
    X(pango_font_description_free)                                                                                     \
    X(pango_font_description_from_string)                                                                              \
    X(pango_font_description_get_family)                                                                               \
    X(pango_font_description_new)                                                                                      \
    X(pango_font_description_set_absolute_size)                                                                        \
    X(pango_font_description_set_family)                                                                               \
    X(pango_font_description_set_style)                                                                                \
    X(pango_font_description_set_weight)                                                                               \
    X(pango_font_family_get_name)                                                                                      \
    X(pango_font_map_create_context)                                                                                   \
    X(pango_font_map_list_families)                                                                                    \
    X(pango_layout_get_attributes)                                                                                     \
    X(pango_layout_get_indent)                                                                                         \
    X(pango_layout_get_line_count)                                                                                     \
    X(pango_layout_get_line_readonly)                                                                                  \
    X(pango_layout_get_size)                                                                                           \
    X(pango_layout_get_text)                                                                                           \
    X(pango_layout_line_get_extents)                                                                                   \
    X(pango_layout_new)                                                                                                \
    X(pango_layout_set_attributes)                                                                                     \
    X(pango_layout_set_font_description)                                                                               \
    X(pango_layout_set_indent)                                                                                         \
    X(pango_layout_set_text)                                                                                           \
    X(pango_layout_set_width)                                                                                          \
    X(pango_layout_set_wrap)

typedef struct {
/* NOLINTNEXTLINE(bugprone-macro-parentheses): names cannot have any */
#define X(function) __typeof__(function) *function;
    OKRUG_PANGO_FUNCTIONS(X)
#undef X
} okrug_pango;

/* Loads Pango once in the life of the process; false: it is not there, `reason` says why. OKRUG_PANGO names the library
 * (of Pango for cairo, which brings the others) on systems where it is not libpangocairo-1.0.so.0. */
bool okrug_pango_load(char reason[OKRUG_LIBRARY_REASON]);

/* Its functions, once it is loaded: whoever has fonts, or what was made with them, may call them. */
const okrug_pango *okrug_pango_loaded(void);

#ifndef OKRUG_PANGO_NAMES_ONLY
#define OKRUG_PANGO(function) (okrug_pango_loaded()->function)
#define cairo_append_path OKRUG_PANGO(cairo_append_path)
#define cairo_arc OKRUG_PANGO(cairo_arc)
#define cairo_clip_preserve OKRUG_PANGO(cairo_clip_preserve)
#define cairo_close_path OKRUG_PANGO(cairo_close_path)
#define cairo_copy_path OKRUG_PANGO(cairo_copy_path)
#define cairo_create OKRUG_PANGO(cairo_create)
#define cairo_destroy OKRUG_PANGO(cairo_destroy)
#define cairo_fill OKRUG_PANGO(cairo_fill)
#define cairo_fill_preserve OKRUG_PANGO(cairo_fill_preserve)
#define cairo_font_options_create OKRUG_PANGO(cairo_font_options_create)
#define cairo_font_options_destroy OKRUG_PANGO(cairo_font_options_destroy)
#define cairo_font_options_set_antialias OKRUG_PANGO(cairo_font_options_set_antialias)
#define cairo_font_options_set_hint_metrics OKRUG_PANGO(cairo_font_options_set_hint_metrics)
#define cairo_font_options_set_hint_style OKRUG_PANGO(cairo_font_options_set_hint_style)
#define cairo_image_surface_create OKRUG_PANGO(cairo_image_surface_create)
#define cairo_line_to OKRUG_PANGO(cairo_line_to)
#define cairo_move_to OKRUG_PANGO(cairo_move_to)
#define cairo_new_path OKRUG_PANGO(cairo_new_path)
#define cairo_new_sub_path OKRUG_PANGO(cairo_new_sub_path)
#define cairo_paint OKRUG_PANGO(cairo_paint)
#define cairo_path_destroy OKRUG_PANGO(cairo_path_destroy)
#define cairo_path_extents OKRUG_PANGO(cairo_path_extents)
#define cairo_pdf_surface_add_outline OKRUG_PANGO(cairo_pdf_surface_add_outline)
#define cairo_pdf_surface_create_for_stream OKRUG_PANGO(cairo_pdf_surface_create_for_stream)
#define cairo_pdf_surface_restrict_to_version OKRUG_PANGO(cairo_pdf_surface_restrict_to_version)
#define cairo_pdf_surface_set_metadata OKRUG_PANGO(cairo_pdf_surface_set_metadata)
#define cairo_restore OKRUG_PANGO(cairo_restore)
#define cairo_save OKRUG_PANGO(cairo_save)
#define cairo_scale OKRUG_PANGO(cairo_scale)
#define cairo_set_fill_rule OKRUG_PANGO(cairo_set_fill_rule)
#define cairo_set_line_join OKRUG_PANGO(cairo_set_line_join)
#define cairo_set_line_width OKRUG_PANGO(cairo_set_line_width)
#define cairo_set_source_rgba OKRUG_PANGO(cairo_set_source_rgba)
#define cairo_show_page OKRUG_PANGO(cairo_show_page)
#define cairo_status OKRUG_PANGO(cairo_status)
#define cairo_stroke OKRUG_PANGO(cairo_stroke)
#define cairo_stroke_preserve OKRUG_PANGO(cairo_stroke_preserve)
#define cairo_surface_destroy OKRUG_PANGO(cairo_surface_destroy)
#define cairo_surface_finish OKRUG_PANGO(cairo_surface_finish)
#define cairo_surface_status OKRUG_PANGO(cairo_surface_status)
#define cairo_surface_write_to_png_stream OKRUG_PANGO(cairo_surface_write_to_png_stream)
#define cairo_tag_begin OKRUG_PANGO(cairo_tag_begin)
#define cairo_tag_end OKRUG_PANGO(cairo_tag_end)
#define g_free OKRUG_PANGO(g_free)
#define g_object_unref OKRUG_PANGO(g_object_unref)
#define pango_attr_allow_breaks_new OKRUG_PANGO(pango_attr_allow_breaks_new)
#define pango_attr_insert_hyphens_new OKRUG_PANGO(pango_attr_insert_hyphens_new)
#define pango_attr_list_insert OKRUG_PANGO(pango_attr_list_insert)
#define pango_attr_list_new OKRUG_PANGO(pango_attr_list_new)
#define pango_attr_list_unref OKRUG_PANGO(pango_attr_list_unref)
#define pango_attr_weight_new OKRUG_PANGO(pango_attr_weight_new)
#define pango_cairo_context_set_font_options OKRUG_PANGO(pango_cairo_context_set_font_options)
#define pango_cairo_font_map_new_for_font_type OKRUG_PANGO(pango_cairo_font_map_new_for_font_type)
#define pango_cairo_font_map_set_resolution OKRUG_PANGO(pango_cairo_font_map_set_resolution)
#define pango_cairo_layout_line_path OKRUG_PANGO(pango_cairo_layout_line_path)
#define pango_cairo_show_layout_line OKRUG_PANGO(pango_cairo_show_layout_line)
#define pango_context_load_font OKRUG_PANGO(pango_context_load_font)
#define pango_context_set_round_glyph_positions OKRUG_PANGO(pango_context_set_round_glyph_positions)
#define pango_font_describe OKRUG_PANGO(pango_font_describe)
#define pango_font_description_free OKRUG_PANGO(pango_font_description_free)
#define pango_font_description_from_string OKRUG_PANGO(pango_font_description_from_string)
#define pango_font_description_get_family OKRUG_PANGO(pango_font_description_get_family)
#define pango_font_description_new OKRUG_PANGO(pango_font_description_new)
#define pango_font_description_set_absolute_size OKRUG_PANGO(pango_font_description_set_absolute_size)
#define pango_font_description_set_family OKRUG_PANGO(pango_font_description_set_family)
#define pango_font_description_set_style OKRUG_PANGO(pango_font_description_set_style)
#define pango_font_description_set_weight OKRUG_PANGO(pango_font_description_set_weight)
#define pango_font_family_get_name OKRUG_PANGO(pango_font_family_get_name)
#define pango_font_map_create_context OKRUG_PANGO(pango_font_map_create_context)
#define pango_font_map_list_families OKRUG_PANGO(pango_font_map_list_families)
#define pango_layout_get_attributes OKRUG_PANGO(pango_layout_get_attributes)
#define pango_layout_get_indent OKRUG_PANGO(pango_layout_get_indent)
#define pango_layout_get_line_count OKRUG_PANGO(pango_layout_get_line_count)
#define pango_layout_get_line_readonly OKRUG_PANGO(pango_layout_get_line_readonly)
#define pango_layout_get_size OKRUG_PANGO(pango_layout_get_size)
#define pango_layout_get_text OKRUG_PANGO(pango_layout_get_text)
#define pango_layout_line_get_extents OKRUG_PANGO(pango_layout_line_get_extents)
#define pango_layout_new OKRUG_PANGO(pango_layout_new)
#define pango_layout_set_attributes OKRUG_PANGO(pango_layout_set_attributes)
#define pango_layout_set_font_description OKRUG_PANGO(pango_layout_set_font_description)
#define pango_layout_set_indent OKRUG_PANGO(pango_layout_set_indent)
#define pango_layout_set_text OKRUG_PANGO(pango_layout_set_text)
#define pango_layout_set_width OKRUG_PANGO(pango_layout_set_width)
#define pango_layout_set_wrap OKRUG_PANGO(pango_layout_set_wrap)
#endif

#endif
