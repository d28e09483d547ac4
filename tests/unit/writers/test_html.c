/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The HTML page: it stands alone, escapes what is not its own, keeps exact numbers and says what the result was made
 * of.
 */
#include "base/catalogue_private.h"
#include "writers_testing.h"

/* The page with a catalogue of these texts; NULL: without one. */
static char *page(const okrug_dataset *dataset, const char *texts) {
    char *text = NULL;
    size_t length = 0;
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    okrug_catalogue *catalogue = texts != NULL ? okrug_catalogue_from_json(texts, strlen(texts)) : NULL;
    FILE *out = open_memstream(&text, &length);
    assert_int_equal(okrug_write_html(ctx, dataset, catalogue, out), OKRUG_OK);
    fclose(out);
    okrug_catalogue_free(catalogue);
    okrug_ctx_free(ctx);
    return text;
}

static void assert_has(const char *text, const char *part) {
    if (strstr(text, part) == NULL) {
        fail_msg("the page lacks: %s", part);
    }
}

static void assert_lacks(const char *text, const char *part) {
    if (strstr(text, part) != NULL) {
        fail_msg("the page has: %s", part);
    }
}

static void tables(void **state) {
    (void)state;
    okrug_dataset *dataset = small_result();
    add_number(dataset->table[0], 1, 0, 1.0 / 3.0);
    char *text = page(dataset, NULL);
    assert_memory_equal(text, "<!DOCTYPE html>\n<html lang=\"en\">", 32);
    assert_has(text, "<meta charset=\"utf-8\">");
    assert_has(text, "<caption>Table 1 – quotients (rows: 4)</caption>");
    assert_has(
        text,
        "<th scope=\"col\">region</th><th scope=\"col\" class=\"number\">lq <span class=\"unit\">ratio</span></th>");
    assert_has(text, "<th scope=\"row\">07</th><td class=\"number\" title=\"0.3333333333333333\">0.333333</td>");
    assert_has(text, "<td class=\"missing number\">suppressed</td><td class=\"missing number\">undefined</td>");
    assert_has(text, "<td class=\"number\">3</td></tr>");
    assert_has(text, "prefers-color-scheme:dark");
    assert_has(text, "size:A4");
    assert_lacks(text, "<script");
    assert_lacks(text, "http:");
    assert_lacks(text, "url(");
    assert_lacks(text, "<section>"); /* the provenance is not known */
    free(text);
    okrug_dataset_free(dataset);
}

static void the_reader_s_language(void **state) {
    (void)state;
    okrug_dataset *dataset = small_result();
    add_number(dataset->table[0], 1, 0, -1234.5);
    dataset->provenance =
        "{\"parameters\": {\"seed\": 1}, \"warnings\": [{\"code\": \"repeated-rows\", \"file\": \"a.csv\","
        "\"line\": 7, \"column\": \"ОКТМО\", \"arguments\": {\"count\": \"3\"}}]}";
    char *text = page(dataset, "{\"html.lang\": \"ru\", \"html.decimal\": \",\", \"analysis.location-quotient\": "
                               "\"Коэффициент локализации\", \"html.table\": \"Таблица {number} – {name}\","
                               "\"unit.ratio\": \"отношение\", \"reason.zero-total\": \"итог равен нулю\","
                               "\"column.lq\": \"доля к доле\", \"html.provenance.parameters\": \"Параметры\","
                               "\"html.provenance.seed\": \"wrong\", \"message.repeated-rows\": \"строк: {count}\"}");
    assert_has(text, "<html lang=\"ru\">");
    assert_has(text, "<title>Коэффициент локализации</title>");
    assert_has(text, "<h1>Коэффициент локализации</h1>");
    assert_has(text, "<caption>Таблица 1 – quotients</caption>");
    assert_has(text, "<span class=\"unit\">отношение</span>");
    assert_has(text, "<td class=\"number\">-1234,5</td>");
    assert_has(text, "<td class=\"missing number\">итог равен нулю</td>");
    assert_has(text, "<dt>lq</dt><dd>доля к доле</dd>");
    assert_has(text, "<h3>Параметры</h3>");
    assert_has(text, "<dt>seed</dt><dd>1</dd>"); /* a parameter's name is not translated */
    assert_has(text, "<li>строк: 3 <span class=\"missing\">(a.csv:7, ОКТМО)</span></li>");
    free(text);
    okrug_dataset_free(dataset);
}

static void nothing_gets_in_as_markup(void **state) {
    (void)state;
    okrug_dataset *dataset = okrug_dataset_new("<i>&\"'", "result");
    okrug_table *table = okrug_dataset_add_table(dataset, "\" onload=\"x");
    okrug_table_add_column(table, "<script>", OKRUG_TEXT, OKRUG_UNIT_NONE);
    okrug_table_add_row(table, 0);
    add_text(table, 0, 0, "</td><script>alert(1)</script>&amp;\x01");
    dataset->provenance =
        "{\"<b>\": \"<script>\", \"warnings\": [{\"code\": \"<u>\", \"arguments\": {\"a\": \"<s>\"}}]}";
    char *text = page(dataset, "{}");
    assert_lacks(text, "<script");
    assert_lacks(text, "<i>");
    assert_lacks(text, "<b>");
    assert_lacks(text, "<s>");
    assert_lacks(text, "<u>");
    assert_lacks(text, "\" onload=\"");
    assert_lacks(text, "\x01");
    assert_has(text, "&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;\xEF\xBF\xBD");
    free(text);
    okrug_dataset_free(dataset);
}

static void provenance_is_laid_out(void **state) {
    (void)state;
    okrug_dataset *dataset = small_result();
    dataset->provenance =
        "{\"okrug\": \"0.1.0\", \"parameters\": {\"seed\": 42, \"confidence\": 0.95, \"names\": [\"a\", \"b\"]},"
        "\"inputs\": [{\"input\": \"input\", \"file\": \"данные.csv\", \"sha256\": \"ab12\", \"rows\": 3,"
        " \"map\": {\"region\": \"area\"}}], \"warnings\": [{\"code\": \"some-rows\", \"arguments\": {\"count\": "
        "\"3\"}}],"
        "\"references\": [\"A & B (1959)\"], \"none\": null, \"empty\": []}";
    char *text = page(dataset, "{}");
    assert_has(text, "<dt>seed</dt><dd>42</dd>");
    assert_has(text, "<dt>confidence</dt><dd>0.95</dd>");
    assert_has(text, "<li>a</li>\n<li>b</li>");
    assert_has(text, "данные.csv");
    assert_has(text, "<dd>ab12</dd>");
    assert_has(text, "<dt>region</dt><dd>area</dd>");
    assert_has(text, "<dt>code</dt><dd>some-rows</dd>");
    assert_has(text, "<dt>count</dt><dd>3</dd>");
    assert_has(text, "<li>A &amp; B (1959)</li>");
    free(text);
    dataset->provenance = "not <JSON>";
    text = page(dataset, "{}");
    assert_has(text, "<pre>not &lt;JSON&gt;</pre>");
    free(text);
    okrug_dataset_free(dataset);
}

/* Nesting that somebody made on purpose. */
static void deep_provenance_ends(void **state) {
    (void)state;
    static char deep[4 * 1000 + 1];
    for (int i = 0; i < 1000; i++) {
        memcpy(deep + (ptrdiff_t)3 * i, i == 0 ? "{\"a" : "[[[", 3);
    }
    okrug_dataset *dataset = small_result();
    dataset->provenance =
        "{\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"
        "]]]]]]]]}";
    free(page(dataset, "{}"));
    dataset->provenance = deep;
    char *text = page(dataset, "{}");
    assert_has(text, "<pre>");
    free(text);
    okrug_dataset_free(dataset);
}

static void a_stream_that_fails_is_told(void **state) {
    (void)state;
    okrug_dataset *dataset = small_result();
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    FILE *full = fopen("/dev/full", "w");
    assert_int_equal(okrug_write_html(ctx, dataset, NULL, full), OKRUG_WRITE_FAILED);
    assert_string_equal(okrug_message_at(ctx, 0)->code, "cannot-write");
    fclose(full);
    okrug_ctx_free(ctx);
    okrug_dataset_free(dataset);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables),
        cmocka_unit_test(the_reader_s_language),
        cmocka_unit_test(nothing_gets_in_as_markup),
        cmocka_unit_test(provenance_is_laid_out),
        cmocka_unit_test(deep_provenance_ends),
        cmocka_unit_test(a_stream_that_fails_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
