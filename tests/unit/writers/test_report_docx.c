/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Documents for word processors: a whole package of well-formed parts, every relationship leads somewhere, what is not
 * markup stays text, and nothing of the day is in the bytes.
 */
#include <ctype.h>
#include <zip.h>

#include "writers/report.h"
#include "writers/zip.h"
#include "writers_testing.h"

/* Markup, control characters, bold, letters of more than one byte. */
static const char hostile[] = "a < b & \"c\" > 'd'\x02\n" OKRUG_STRONG "жирно" OKRUG_STRONG " \xC2\xA0конец {title}";

static void fill(okrug_report *report, const okrug_table *table) {
    static const okrug_row rows[] = {{"a", "1", 1.0, 0.5, 2.0, OKRUG_TONE_BAND}};
    static const okrug_rows_chart chart = {
        .row = rows, .rows = 1, .reference = 1.0, .axis = "x", .numerals = {".", ","}};
    static const okrug_report_column columns[] = {{0, "Region & more", 0}, {1, "LQ", 2}, {2, "z", 2}};
    for (int kind = OKRUG_BLOCK_APPROVAL; kind <= OKRUG_BLOCK_BREAK; kind++) {
        okrug_report_add(report, (okrug_block_kind)kind, hostile);
    }
    okrug_report_add(report, OKRUG_BLOCK_HEADING, "Second");
    okrug_report_table told = {
        .title = hostile, .source = "source <1>", .table = table, .column = columns, .columns = 3};
    okrug_report_add_table(report, &told);
    for (int i = 0; i < 2; i++) {
        okrug_report_figure figure = {.title = hostile, .kind = OKRUG_FIGURE_ROWS, .rows = &chart};
        okrug_report_add_figure(report, &figure);
    }
}

static okrug_buffer document(const char *mark, const char *date) {
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    okrug_catalogue *catalogue = okrug_catalogue_new("ru");
    okrug_dataset *dataset = small_result();
    okrug_report_start start = {
        .title = "T <&> {body}", .language = "ru", .version = "0", .date = date, .mark = mark, .catalogue = catalogue};
    okrug_report *report = okrug_report_new(&start);
    okrug_buffer out = {0};
    fill(report, dataset->table[0]);
    assert_int_equal(okrug_report_docx(ctx, report, &out), OKRUG_OK);
    okrug_report_free(report);
    okrug_dataset_free(dataset);
    okrug_catalogue_free(catalogue);
    okrug_ctx_free(ctx);
    return out;
}

/* ---- Looking into the package ---- */

typedef struct {
    zip_t *zip;
    int64_t files;
} package;

static package open_package(const okrug_buffer *bytes) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(bytes->bytes, bytes->length, 0, &error);
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
    assert_non_null(zip);
    return (package){zip, zip_get_num_entries(zip, 0)};
}

/* The bytes of a file with a NUL behind them, to be freed; NULL: there is none of that name. */
static char *part(const package *p, const char *name) {
    zip_stat_t told;
    if (zip_stat(p->zip, name, 0, &told) != 0) {
        return NULL;
    }
    char *text = calloc(1, told.size + 1);
    zip_file_t *file = zip_fopen(p->zip, name, 0);
    assert_int_equal(zip_fread(file, text, told.size), told.size);
    zip_fclose(file);
    return text;
}

/* Every element is closed by its own name, in order, and there is one at the outside. */
static void assert_well_formed(const char *name, const char *text) {
    enum { DEEPEST = 64 };
    char open[DEEPEST][64];
    int deep = 0;
    int roots = 0;
    for (const char *at = strchr(text, '<'); at != NULL; at = strchr(at, '<')) {
        const char *end = strchr(at, '>');
        assert_non_null(end);
        if (strncmp(at, "<!--", 4) == 0) {
            end = strstr(at, "-->") + 2;
        } else if (at[1] == '/') {
            assert_true(deep > 0);
            deep--;
            if (strncmp(at + 2, open[deep], strlen(open[deep])) != 0) {
                fail_msg("%s: <%s> is closed by %.20s", name, open[deep], at);
            }
        } else if (at[1] != '?') {
            size_t length = strcspn(at + 1, " />");
            roots += deep == 0;
            if (end[-1] != '/') {
                assert_true(deep < DEEPEST && length < sizeof open[0]);
                memcpy(open[deep], at + 1, length);
                open[deep++][length] = '\0';
            }
        }
        at = end;
    }
    assert_int_equal(deep, 0);
    assert_int_equal(roots, 1);
    for (const char *at = strchr(text, '&'); at != NULL; at = strchr(at + 1, '&')) {
        assert_true(strncmp(at, "&amp;", 5) == 0 || strncmp(at, "&lt;", 4) == 0 || strncmp(at, "&gt;", 4) == 0 ||
                    strncmp(at, "&quot;", 6) == 0);
    }
    for (const char *at = text; *at != '\0'; at++) {
        assert_true((unsigned char)*at >= 0x20 || *at == '\n' || *at == '\t');
    }
}

static void has(const char *text, const char *wanted) {
    if (strstr(text, wanted) == NULL) {
        fail_msg("there is no: %s", wanted);
    }
}

static int count_of(const char *text, const char *wanted) {
    int count = 0;
    for (const char *at = strstr(text, wanted); at != NULL; at = strstr(at + 1, wanted)) {
        count++;
    }
    return count;
}

/* ---- Tests ---- */

static void every_part_is_well_formed_and_named(void **state) {
    (void)state;
    okrug_buffer bytes = document("СИНТЕТИКА & <mark>", "2026-03-09");
    package p = open_package(&bytes);
    char *types = part(&p, "[Content_Types].xml");
    assert_string_equal(zip_get_name(p.zip, 0, 0), "[Content_Types].xml");
    for (int64_t i = 0; i < p.files; i++) {
        const char *name = zip_get_name(p.zip, (zip_uint64_t)i, 0);
        char *text = part(&p, name);
        char override[128];
        snprintf(override, sizeof override, "PartName=\"/%s\"", name);
        if (strstr(name, ".png") != NULL) {
            assert_memory_equal(text, "\x89PNG", 4);
        } else {
            assert_well_formed(name, text);
            if (strstr(name, ".rels") == NULL && name[0] != '[') {
                has(types, override);
            }
        }
        free(text);
    }
    assert_int_equal(count_of(types, "PartName="), p.files - 5); /* types, two of relationships, two pictures */
    free(types);
    zip_discard(p.zip);
    okrug_buffer_free(&bytes);
}

static void every_relationship_leads_somewhere(void **state) {
    (void)state;
    okrug_buffer bytes = document(NULL, NULL);
    package p = open_package(&bytes);
    char *body = part(&p, "word/document.xml");
    char *relationships = part(&p, "word/_rels/document.xml.rels");
    int found = 0;
    for (const char *at = strstr(relationships, "Target=\""); at != NULL; at = strstr(at + 1, "Target=\"")) {
        char name[96];
        snprintf(name, sizeof name, "word/%.*s", (int)strcspn(at + 8, "\""), at + 8);
        char *text = part(&p, name);
        assert_non_null(text);
        free(text);
        found++;
    }
    assert_int_equal(found, 8);
    for (const char *at = strstr(body, "r:embed=\""); at != NULL; at = strstr(at + 1, "r:embed=\"")) {
        char id[64];
        snprintf(id, sizeof id, "Id=\"%.*s\"", (int)strcspn(at + 9, "\""), at + 9);
        has(relationships, id);
    }
    assert_int_equal(count_of(body, "r:embed="), 2);
    free(relationships);
    free(body);
    zip_discard(p.zip);
    okrug_buffer_free(&bytes);
}

static void texts_stay_texts(void **state) {
    (void)state;
    okrug_buffer bytes = document("СИНТЕТИКА & <mark>", "2026-03-09");
    package p = open_package(&bytes);
    char *body = part(&p, "word/document.xml");
    char *header = part(&p, "word/header.xml");
    char *core = part(&p, "docProps/core.xml");
    has(body, "a &lt; b &amp; &quot;c&quot; &gt; 'd' </w:t>");
    has(body, "<w:b/><w:bCs/></w:rPr><w:t xml:space=\"preserve\">жирно</w:t>");
    has(body, "конец {title}"); /* what was put in is not filled again */
    has(header, "СИНТЕТИКА &amp; &lt;mark&gt;");
    has(core, "<dc:title>T &lt;&amp;&gt; {body}</dc:title>");
    has(core, ">2026-03-09T00:00:00Z<");
    assert_int_equal(count_of(body, "<w:tblHeader/>"), 1);
    assert_int_equal(count_of(body, "<w:tr>"), 5);
    assert_int_equal(count_of(body, "<w:gridCol "), 3);
    assert_int_equal(count_of(body, "<w:tc>"), 15);
    assert_int_equal(count_of(body, "descr=\""), 2);
    has(body, "TOC \\o &quot;1-1&quot;");
    has(body, "w:anchor=\"_Toc2\"");
    has(body, "w:name=\"_Toc2\"");
    free(core);
    free(header);
    free(body);
    zip_discard(p.zip);
    okrug_buffer_free(&bytes);
}

static void the_same_bytes_twice(void **state) {
    (void)state;
    okrug_buffer first = document("m", NULL);
    okrug_buffer second = document("m", NULL);
    assert_int_equal(first.length, second.length);
    assert_memory_equal(first.bytes, second.bytes, first.length);
    package p = open_package(&first);
    for (int64_t i = 0; i < p.files; i++) {
        zip_stat_t told;
        assert_int_equal(zip_stat_index(p.zip, (zip_uint64_t)i, 0, &told), 0);
        struct tm *day = localtime(&told.mtime);
        assert_int_equal(day->tm_year, 80);
    }
    char *core = part(&p, "docProps/core.xml");
    assert_null(strstr(core, "created"));
    free(core);
    zip_discard(p.zip);
    okrug_buffer_free(&first);
    okrug_buffer_free(&second);
}

static void an_archive_that_failed_says_so(void **state) {
    (void)state;
    okrug_buffer out = {0};
    assert_int_equal(okrug_zip_finish(NULL, &out), OKRUG_NO_MEMORY);
    okrug_zip *zip = okrug_zip_new();
    okrug_zip_add(zip, "a/b.txt", "", 0, true);
    okrug_zip_add(zip, "c", "stored", 6, false);
    assert_int_equal(okrug_zip_finish(zip, &out), OKRUG_OK);
    package p = open_package(&out);
    char *text = part(&p, "c");
    assert_string_equal(text, "stored");
    free(text);
    zip_discard(p.zip);
    okrug_buffer_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_part_is_well_formed_and_named),
        cmocka_unit_test(every_relationship_leads_somewhere),
        cmocka_unit_test(texts_stay_texts),
        cmocka_unit_test(the_same_bytes_twice),
        cmocka_unit_test(an_archive_that_failed_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
