/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A report for word processors (Office Open XML, ISO/IEC 29500): the fixed parts in src/writers/docx with their places
 * filled, and the blocks as paragraphs, tables and pictures in the styles that styles.xml names.
 */
#include "writers/report_docx.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "writers/stream.h"

/* Each ends with a NUL. */
#define OKRUG_DOCX_PARTS(X)                                                                                            \
    X(content_types)                                                                                                   \
    X(relationships)                                                                                                   \
    X(app)                                                                                                             \
    X(core) X(settings) X(numbering) X(header) X(footer) X(footer_first) X(document_relationships) X(document) X(styles)
#define X(name) extern const char okrug_embedded_src_writers_docx_##name##_xml[];
OKRUG_DOCX_PARTS(X)
#undef X
#define PART(name) okrug_embedded_src_writers_docx_##name##_xml

static const double page_width = 467.7;  /* points between the margins */
static const double page_height = 640.0; /* that a figure may fill: its caption stays with it */
static const double dots = 200.0 / 72.0; /* of a picture to the point */
enum { EMU = 12700 };                    /* to the point */

/* ---- Text -------------------------------------------------------------------------------------------------------- */

static const char *escape_of(char c) {
    return c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '"' ? "&quot;" : c == '\n' ? " " : "";
}

static bool is_plain(char c) {
    return strchr("&<>\"", c) == NULL && ((unsigned char)c >= 0x20 || c == '\t');
}

void okrug_docx_text(okrug_buffer *out, const char *text) {
    while (*text != '\0') {
        size_t plain = 0;
        while (text[plain] != '\0' && is_plain(text[plain])) {
            plain++;
        }
        okrug_buffer_add(out, text, plain);
        text += plain;
        if (*text != '\0') {
            okrug_buffer_add_text(out, escape_of(*text++));
        }
    }
}

void okrug_docx_words(okrug_buffer *out, const char *text, const char *look) {
    bool bold = false;
    for (;;) {
        const char *end = strchr(text, OKRUG_STRONG[0]);
        size_t length = end != NULL ? (size_t)(end - text) : strlen(text);
        if (length > 0) {
            okrug_buffer part = {0};
            okrug_buffer_add(&part, text, length);
            okrug_buffer_add_format(out, "<w:r><w:rPr>%s%s</w:rPr><w:t xml:space=\"preserve\">",
                                    bold ? "<w:b/><w:bCs/>" : "", look);
            okrug_docx_text(out, part.bytes != NULL ? part.bytes : "");
            okrug_buffer_add_text(out, "</w:t></w:r>");
            out->failed = out->failed || part.failed;
            okrug_buffer_free(&part);
        }
        if (end == NULL) {
            return;
        }
        bold = !bold;
        text = end + 1;
    }
}

void okrug_docx_paragraph(okrug_buffer *out, const char *style, const char *text) {
    okrug_buffer_add_format(out, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/></w:pPr>", style);
    okrug_docx_words(out, text, "");
    okrug_buffer_add_text(out, "</w:p>\n");
}

/* ---- Headings and contents --------------------------------------------------------------------------------------- */

static const char *text_of(const okrug_docx *docx, const char *key) {
    return okrug_shown_text(docx->report->start.catalogue, key, "", key);
}

static void add_heading(okrug_docx *docx, const okrug_block *block) {
    okrug_buffer_add_format(&docx->body,
                            "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr><w:bookmarkStart w:id=\"%d\" "
                            "w:name=\"_Toc%d\"/><w:r><w:t xml:space=\"preserve\">%d  </w:t></w:r>",
                            block->number, block->number, block->number);
    okrug_docx_words(&docx->body, block->text, "");
    okrug_buffer_add_format(&docx->body, "<w:bookmarkEnd w:id=\"%d\"/></w:p>\n", block->number);
}

static void add_field(okrug_buffer *out, const char *instruction, bool dirty) {
    okrug_buffer_add_format(out,
                            "<w:r><w:fldChar w:fldCharType=\"begin\"%s/></w:r><w:r><w:instrText "
                            "xml:space=\"preserve\"> %s </w:instrText></w:r><w:r><w:fldChar "
                            "w:fldCharType=\"separate\"/></w:r>",
                            dirty ? " w:dirty=\"true\"" : "", instruction);
}

static const char end_field[] = "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";

/* The entries are there; their pages are what the word processor makes of them, so the fields say they want doing. */
static void add_contents(okrug_docx *docx) {
    okrug_buffer *out = &docx->body;
    bool first = true;
    okrug_docx_paragraph(out, "ContentsHeading", text_of(docx, "report.contents"));
    for (const okrug_block *block = docx->report->first; block != NULL; block = block->next) {
        if (block->kind == OKRUG_BLOCK_HEADING) {
            char page[48];
            snprintf(page, sizeof page, "PAGEREF _Toc%d \\h", block->number);
            okrug_buffer_add_text(out, "<w:p><w:pPr><w:pStyle w:val=\"TOC1\"/></w:pPr>");
            if (first) {
                add_field(out, "TOC \\o &quot;1-1&quot; \\h \\z \\u", true);
            }
            okrug_buffer_add_format(
                out, "<w:hyperlink w:anchor=\"_Toc%d\"><w:r><w:t xml:space=\"preserve\">%d  </w:t></w:r>",
                block->number, block->number);
            okrug_docx_words(out, block->text, "");
            okrug_buffer_add_text(out, "<w:r><w:tab/></w:r>");
            add_field(out, page, true);
            okrug_buffer_add_format(out, "%s</w:hyperlink></w:p>\n", end_field);
            first = false;
        }
    }
    if (!first) {
        okrug_buffer_add_format(out, "<w:p>%s</w:p>\n", end_field);
    }
}

static void add_approval(okrug_docx *docx) {
    static const char *const keys[] = {"report.approve", "report.approve-post", "report.approve-name",
                                       "report.approve-date"};
    for (int i = 0; i < 4; i++) {
        okrug_buffer_add_text(&docx->body, "<w:p><w:pPr><w:pStyle w:val=\"Approval\"/></w:pPr>");
        okrug_docx_words(&docx->body, text_of(docx, keys[i]), i == 0 ? "<w:b/><w:bCs/>" : "");
        okrug_buffer_add_text(&docx->body, "</w:p>\n");
    }
}

/* ---- Figures ----------------------------------------------------------------------------------------------------- */

static okrug_status draw_picture(okrug_docx *docx, const okrug_report_figure *figure, double height) {
    okrug_buffer bytes = {0};
    char name[48];
    okrug_canvas *canvas = okrug_canvas_png(docx->fonts, page_width, height, dots);
    if (canvas == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = okrug_figure_draw(docx->ctx, canvas, figure, 0.0, 0.0, page_width);
    okrug_status finished = okrug_canvas_finish(canvas, &bytes);
    status = status == OKRUG_OK ? finished : status;
    if (status == OKRUG_OK) {
        snprintf(name, sizeof name, "word/media/figure-%d.png", ++docx->pictures);
        okrug_zip_add(docx->zip, name, bytes.bytes, bytes.length, false);
    }
    okrug_buffer_free(&bytes);
    return status;
}

/* The picture in its line, no higher than the page; the caption is its alternative text. */
static okrug_status add_picture(okrug_docx *docx, const okrug_block *block, const okrug_report_figure *figure) {
    static const double highest = 6000.0; /* 32,767 pixels is what cairo draws */
    double height = okrug_figure_height(docx->fonts, figure, page_width);
    okrug_buffer *out = &docx->body;
    if (height > highest) {
        return okrug_fail(docx->ctx, OKRUG_BAD_INPUT, "figure-too-tall", NULL, "number",
                          okrug_text_integer(docx->ctx, block->number), (char *)NULL);
    }
    OKRUG_TRY(draw_picture(docx, figure, height));
    double scale = fmin(1.0, page_height / height);
    long long wide = llround(page_width * scale * EMU);
    long long high = llround(height * scale * EMU);
    int n = docx->pictures;
    okrug_buffer_add_format(&docx->figures,
                            "<Relationship Id=\"figure%d\" "
                            "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" "
                            "Target=\"media/figure-%d.png\"/>",
                            n, n);
    okrug_buffer_add_format(out,
                            "<w:p><w:pPr><w:pStyle w:val=\"Figure\"/></w:pPr><w:r><w:drawing><wp:inline distT=\"0\" "
                            "distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"%lld\" cy=\"%lld\"/><wp:docPr "
                            "id=\"%d\" name=\"figure-%d\" descr=\"",
                            wide, high, n, n);
    okrug_docx_text(out, block->text);
    okrug_buffer_add_format(
        out,
        "\"/><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic>"
        "<pic:nvPicPr><pic:cNvPr id=\"%d\" name=\"figure-%d.png\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip "
        "r:embed=\"figure%d\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" "
        "y=\"0\"/><a:ext cx=\"%lld\" cy=\"%lld\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr>"
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>\n",
        n, n, n, wide, high);
    return OKRUG_OK;
}

static okrug_status add_parts(okrug_docx *docx, const okrug_block *block) {
    const okrug_rows_chart *whole = block->figure.rows;
    double widths[2];
    okrug_part_room room = {.width = page_width, .height = page_height, .widths = widths};
    okrug_rows_widths(docx->fonts, whole, widths);
    for (int64_t done = 0; done < whole->rows;) {
        okrug_rows_chart part;
        okrug_report_figure figure = {.kind = OKRUG_FIGURE_ROWS, .rows = &part};
        done = okrug_figure_part(docx->fonts, whole, &room, done, &part);
        OKRUG_TRY(okrug_check_cancel(docx->ctx));
        OKRUG_TRY(add_picture(docx, block, &figure));
    }
    return OKRUG_OK;
}

static okrug_status add_figure(okrug_docx *docx, const okrug_block *block) {
    bool parts = block->figure.kind == OKRUG_FIGURE_ROWS &&
                 okrug_figure_height(docx->fonts, &block->figure, page_width) > page_height;
    OKRUG_TRY(parts ? add_parts(docx, block) : add_picture(docx, block, &block->figure));
    okrug_docx_paragraph(&docx->body, "FigureCaption", block->text);
    if (block->figure.source != NULL) {
        okrug_docx_paragraph(&docx->body, "Note", block->figure.source);
    }
    return OKRUG_OK;
}

/* ---- Blocks ------------------------------------------------------------------------------------------------------ */

static const char *const styles[] = {
    [OKRUG_BLOCK_KICKER] = "Kicker", [OKRUG_BLOCK_TITLE] = "Title",   [OKRUG_BLOCK_LEAD] = "Lead",
    [OKRUG_BLOCK_CARD] = "Card",     [OKRUG_BLOCK_TEXT] = "BodyText", [OKRUG_BLOCK_SUBHEADING] = "Heading2",
    [OKRUG_BLOCK_NOTE] = "Note",     [OKRUG_BLOCK_ITEM] = "ListItem",
};

static okrug_status add_block(okrug_docx *docx, const okrug_block *block) {
    switch (block->kind) {
    case OKRUG_BLOCK_APPROVAL:
        add_approval(docx);
        return OKRUG_OK;
    case OKRUG_BLOCK_HEADING:
        add_heading(docx, block);
        return OKRUG_OK;
    case OKRUG_BLOCK_CONTENTS:
        add_contents(docx);
        return OKRUG_OK;
    case OKRUG_BLOCK_BREAK:
        okrug_buffer_add_text(&docx->body, "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>\n");
        return OKRUG_OK;
    case OKRUG_BLOCK_TABLE:
        okrug_docx_table(docx, block);
        return OKRUG_OK;
    case OKRUG_BLOCK_FIGURE:
        return add_figure(docx, block);
    default:
        okrug_docx_paragraph(&docx->body, styles[block->kind], block->text);
        return OKRUG_OK;
    }
}

static okrug_status add_blocks(okrug_docx *docx) {
    double done = 0.0;
    double total = 0.0;
    for (const okrug_block *block = docx->report->first; block != NULL; block = block->next) {
        total += 1.0;
    }
    for (const okrug_block *block = docx->report->first; block != NULL; block = block->next) {
        OKRUG_TRY(okrug_check_cancel(docx->ctx));
        OKRUG_TRY(add_block(docx, block));
        okrug_progress(docx->ctx, "task.report", ++done, total);
    }
    return OKRUG_OK;
}

/* ---- Parts ------------------------------------------------------------------------------------------------------- */

enum { TITLE, LANGUAGE, CREATED, DECIMAL, MARK, FIGURES, BODY, PLACES };
static const char *const places[PLACES] = {"title", "lang", "created", "decimal", "mark", "figures", "body"};

static okrug_status add_part(okrug_docx *docx, const char *name, const char *part, const char *const *values) {
    okrug_buffer text = {0};
    okrug_catalogue_fill(part, PLACES, places, values, &text);
    okrug_zip_add(docx->zip, name, text.bytes != NULL ? text.bytes : "", text.length, true);
    okrug_status status = okrug_buffer_status(&text);
    okrug_buffer_free(&text);
    return status;
}

static okrug_status add_parts_of_package(okrug_docx *docx, const char *const *values) {
    static const struct {
        const char *name;
        const char *part;
    } parts[] = {
        {"_rels/.rels", PART(relationships)},
        {"docProps/app.xml", PART(app)},
        {"docProps/core.xml", PART(core)},
        {"word/document.xml", PART(document)},
        {"word/_rels/document.xml.rels", PART(document_relationships)},
        {"word/styles.xml", PART(styles)},
        {"word/settings.xml", PART(settings)},
        {"word/numbering.xml", PART(numbering)},
        {"word/header.xml", PART(header)},
        {"word/footer.xml", PART(footer)},
        {"word/footer-first.xml", PART(footer_first)},
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        OKRUG_TRY(add_part(docx, parts[i].name, parts[i].part, values));
    }
    return OKRUG_OK;
}

static const char *bytes_of(const okrug_buffer *buffer) {
    return buffer->bytes != NULL ? buffer->bytes : "";
}

static okrug_status fill_package(okrug_docx *docx) {
    const okrug_report_start *start = &docx->report->start;
    okrug_buffer title = {0};
    okrug_buffer mark = {0};
    okrug_buffer created = {0};
    okrug_docx_text(&title, start->title);
    okrug_docx_text(&mark, start->mark != NULL ? start->mark : "");
    if (start->date != NULL) {
        okrug_buffer_add_format(&created, "<dcterms:created xsi:type=\"dcterms:W3CDTF\">%sT00:00:00Z</dcterms:created>",
                                start->date);
    }
    const char *const values[PLACES] = {
        [TITLE] = bytes_of(&title),     [LANGUAGE] = strcmp(start->language, "ru") == 0 ? "ru-RU" : "en-GB",
        [CREATED] = bytes_of(&created), [DECIMAL] = docx->report->numerals.decimal,
        [MARK] = bytes_of(&mark),       [FIGURES] = bytes_of(&docx->figures),
        [BODY] = bytes_of(&docx->body)};
    okrug_status status = title.failed || mark.failed || created.failed || docx->figures.failed || docx->body.failed
                              ? OKRUG_NO_MEMORY
                              : add_parts_of_package(docx, values);
    okrug_buffer_free(&title);
    okrug_buffer_free(&mark);
    okrug_buffer_free(&created);
    return status;
}

okrug_status okrug_report_docx(okrug_ctx *ctx, const okrug_report *report, okrug_buffer *out) {
    OKRUG_TRY(okrug_report_status(report));
    okrug_docx docx = {.ctx = ctx, .report = report};
    okrug_fonts *fonts = NULL;
    if (report->figures > 0) {
        OKRUG_TRY(okrug_fonts_new(ctx, &fonts));
    }
    docx.fonts = fonts;
    docx.zip = okrug_zip_new();
    /* First, as those expect who read the package from its beginning. */
    okrug_zip_add(docx.zip, "[Content_Types].xml", PART(content_types), strlen(PART(content_types)), true);
    okrug_status status = docx.zip == NULL ? OKRUG_NO_MEMORY : add_blocks(&docx);
    status = status == OKRUG_OK ? fill_package(&docx) : status;
    okrug_buffer archive = {0};
    okrug_status finished = okrug_zip_finish(docx.zip, &archive);
    status = status == OKRUG_OK ? finished : status;
    if (status == OKRUG_OK) {
        okrug_buffer_add(out, archive.bytes, archive.length);
        status = okrug_buffer_status(out);
    }
    okrug_buffer_free(&archive);
    okrug_buffer_free(&docx.body);
    okrug_buffer_free(&docx.figures);
    okrug_fonts_free(fonts);
    return status;
}
