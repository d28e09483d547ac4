/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sheets as people make them: titles above, notes below, columns and rows left out, numbers as numbers and as texts.
 */
#include "reading.h"
#include "workbook_testing.h"

static okrug_source_request wanting_sheet(void) {
    okrug_source_request request = wanting_region_value();
    request.path = "book.xlsx";
    return request;
}

/* A workbook with one sheet "Лист". */
static reading read_rows(okrug_source_request request, okrug_buffer *rows) {
    workbook book = xlsx_begin();
    xlsx_sheet(&book, "Лист", rows->bytes == NULL ? "" : rows->bytes);
    xlsx_end(&book);
    reading made = read_bytes(request, book.bytes.bytes, book.bytes.length);
    workbook_free(&book);
    okrug_buffer_free(rows);
    return made;
}

static void test_cells(void **state) {
    (void)state;
    okrug_buffer rows = {0};
    okrug_source_request request = wanting_sheet();
    request.keep_others = true;
    XLSX_ROW(&rows, 1, "A=region", "B=value", "C=note");
    XLSX_ROW(&rows, 2, "A=007", "B=#0.29999999999999999", "C=  x ");
    XLSX_ROW(&rows, 3, "A=#1.0", "B=#4.5E-2");
    XLSX_ROW(&rows, 4, "A=#4.0101E7", "B=#1234567");
    XLSX_ROW(&rows, 5, "A=#29701000", "B=…");
    XLSX_ROW(&rows, 6, "A=10.20", "B=#12", "C=01.0");
    XLSX_ROW(&rows, 7, "A=Калуга", "C=7");
    reading made = read_rows(request, &rows);
    assert_int_equal(made.status, OKRUG_OK);
    assert_int_equal(made.table->rows, 6);
    const char *codes[] = {"007", "1", "40101000", "29701000", "10.20", "Калуга"};
    for (int i = 0; i < 6; i++) {
        assert_text(&made, "region", i, codes[i]);
        assert_int_equal(made.table->line[i], i + 2);
    }
    assert_number(&made, "value", 0, 0.3);
    assert_number(&made, "value", 1, 0.045);
    assert_number(&made, "value", 2, 1234567);
    assert_missing(&made, "value", 3, OKRUG_NOT_COLLECTED);
    assert_number(&made, "value", 4, 12);
    assert_missing(&made, "value", 5, OKRUG_NOT_COLLECTED);
    assert_text(&made, "note", 0, "x");
    assert_text(&made, "note", 4, "01.0");
    assert_string_equal(made.understood.part, "Лист");
    assert_string_equal(made.understood.format, "xlsx");
    assert_int_equal(strlen(made.understood.sha256), 64);
    done(&made);
}

static void test_texts_that_are_numbers(void **state) {
    (void)state;
    okrug_buffer rows = {0};
    XLSX_ROW(&rows, 1, "A=region", "B=value");
    XLSX_ROW(&rows, 2, "A=a",
             "B=1\xC2\xA0"
             "234,5");
    XLSX_ROW(&rows, 3, "A=b", "B=#1234.5678");
    XLSX_ROW(&rows, 4, "A=c", "B=0,25");
    XLSX_ROW(&rows, 5, "A=d", "B=12 345");
    reading made = read_rows(wanting_sheet(), &rows);
    assert_int_equal(made.status, OKRUG_OK);
    assert_number(&made, "value", 0, 1234.5);
    assert_number(&made, "value", 1, 1234.5678);
    assert_number(&made, "value", 2, 0.25);
    assert_number(&made, "value", 3, 12345);
    done(&made);
}

static void test_texts_that_may_be_either(void **state) {
    (void)state;
    okrug_buffer rows = {0};
    XLSX_ROW(&rows, 1, "A=region", "B=value");
    XLSX_ROW(&rows, 2, "A=a", "B=1,234");
    XLSX_ROW(&rows, 3, "A=b", "B=#2.5");
    reading made = read_rows(wanting_sheet(), &rows);
    assert_int_equal(made.status, OKRUG_BAD_INPUT);
    assert_message(&made, 0, "ambiguous-decimal", 2, NULL);
    done(&made);
    XLSX_ROW(&rows, 1, "A=region", "B=value");
    XLSX_ROW(&rows, 2, "A=a", "B=1.234,5");
    XLSX_ROW(&rows, 3, "A=b", "B=#2.500");
    made = read_rows(wanting_sheet(), &rows);
    assert_int_equal(made.status, OKRUG_BAD_INPUT);
    assert_message(&made, 0, "number-or-text", 3, "value");
    done(&made);
}

/* Two title rows, a blank one, an empty column, a blank row in the table, notes below it. */
static void put_for_people(okrug_buffer *rows) {
    XLSX_ROW(rows, 1, "A=Занятость по отраслям");
    XLSX_ROW(rows, 2, "A=тысяч человек");
    XLSX_ROW(rows, 4, "B=region", "D=value");
    XLSX_ROW(rows, 5, "B=a", "D=#1");
    XLSX_ROW(rows, 7, "B=b", "D=#2");
    XLSX_ROW(rows, 8, "B=c");
    XLSX_ROW(rows, 9, "B=d", "D=–");
    XLSX_ROW(rows, 10, "B=* Предварительные данные");
    XLSX_ROW(rows, 12, "A=Источник: Росстат");
}

static void test_for_people(void **state) {
    (void)state;
    okrug_buffer rows = {0};
    okrug_source_request request = wanting_sheet();
    put_for_people(&rows);
    reading made = read_rows(request, &rows);
    assert_int_equal(made.status, OKRUG_BAD_INPUT);
    assert_message(&made, okrug_messages(made.ctx) - 1, "header-elsewhere", 4, NULL);
    done(&made);
    request.header_row = 4;
    request.keep_others = true;
    put_for_people(&rows);
    made = read_rows(request, &rows);
    assert_int_equal(made.status, OKRUG_OK);
    assert_int_equal(made.table->rows, 4);
    assert_int_equal(made.table->columns, 3); /* A has a note */
    assert_int_equal(made.table->line[1], 7);
    assert_missing(&made, "value", 2, OKRUG_NOT_COLLECTED); /* one cell, but not at the end: a row */
    assert_missing(&made, "value", 3, OKRUG_STRUCTURAL_ZERO);
    assert_int_equal(okrug_messages(made.ctx), 1);
    assert_argument(assert_message(&made, 0, "notes-left-out", 10, NULL), "text", "* Предварительные данные");
    done(&made);
    request.header_row = 3;
    put_for_people(&rows);
    made = read_rows(request, &rows);
    assert_message(&made, 0, "no-header-row", 0, NULL);
    done(&made);
}

static void test_formula_errors(void **state) {
    (void)state;
    okrug_buffer rows = {0};
    XLSX_ROW(&rows, 1, "A=region", "C=value");
    XLSX_ROW(&rows, 2, "A=a",
             "C=#"
             "#DIV/0!");
    XLSX_ROW(&rows, 3, "A=b",
             "C=#"
             "#N/A");
    XLSX_ROW(&rows, 4,
             "A=#"
             "#REF!",
             "C=#3");
    reading made = read_rows(wanting_sheet(), &rows);
    assert_int_equal(made.status, OKRUG_BAD_INPUT);
    assert_int_equal(okrug_messages(made.ctx), 2); /* "not available" is a missing number */
    assert_string_equal(assert_message(&made, 0, "formula-error", 2, "value")->place.cell, "Лист!C2");
    assert_string_equal(assert_message(&made, 1, "formula-error", 4, "region")->place.cell, "Лист!A4");
    done(&made);
}

static void test_far_columns_have_their_letters(void **state) {
    (void)state;
    okrug_buffer rows = {0};
    XLSX_ROW(&rows, 1, "Z=region", "AB=value");
    XLSX_ROW(&rows, 2, "Z=a", "AB=many");
    reading made = read_rows(wanting_sheet(), &rows);
    assert_string_equal(assert_message(&made, 0, "not-a-number", 2, "value")->place.cell, "Лист!AB2");
    done(&made);
}

static void test_dates_and_formulas(void **state) {
    (void)state;
    okrug_buffer rows = {0};
    okrug_source_request request = wanting_sheet();
    request.keep_others = true;
    XLSX_ROW(&rows, 1, "A=region", "B=value", "C=day");
    okrug_buffer_add_text(&rows, "<row r=\"2\"><c r=\"A2\" t=\"str\"><f>X</f><v>a</v></c><c r=\"B2\"><f>1+1</f><v>2</v>"
                                 "</c><c r=\"C2\" s=\"1\"><v>45000</v></c></row>");
    okrug_buffer_add_text(&rows, "<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>b</t></is></c><c r=\"B3\"><f>1</f>"
                                 "</c><c r=\"C3\" s=\"2\"><v>45000.5</v></c></row>");
    reading made = read_rows(request, &rows);
    assert_int_equal(made.status, OKRUG_OK);
    assert_text(&made, "region", 0, "a");
    assert_number(&made, "value", 0, 2);
    assert_missing(&made, "value", 1, OKRUG_NOT_COLLECTED);
    assert_int_equal(okrug_messages(made.ctx), 1);
    const okrug_message *warning = assert_message(&made, 0, "formulas-without-value", 3, NULL);
    assert_string_equal(warning->place.cell, "Лист!B3");
    assert_argument(warning, "count", "1");
    assert_text(&made, "day", 0, "2023-03-15");
    assert_text(&made, "day", 1, "2023-03-15T12:00:00");
    done(&made);
}

/* As openpyxl leaves a formula, as Excel leaves one that gives no text, and one in a column that nobody reads. */
static void test_formulas_without_value(void **state) {
    (void)state;
    okrug_buffer rows = {0};
    XLSX_ROW(&rows, 1, "A=region", "B=value", "C=share", "D=industry");
    for (int row = 2; row < 5; row++) {
        okrug_buffer_add_format(&rows,
                                "<row r=\"%d\"><c r=\"A%d\" t=\"inlineStr\"><is><t>r%d</t></is></c><c><f>1+1</f><v></v>"
                                "</c><c><f>B%d</f></c><c t=\"str\"><f>\"\"</f><v></v></c></row>",
                                row, row, row, row);
    }
    okrug_buffer_add_text(&rows,
                          "<row r=\"5\"><c r=\"A5\" t=\"inlineStr\"><is><t>z</t></is></c><c r=\"B5\"><f>2</f><v>2"
                          "</v></c><c r=\"D5\" t=\"inlineStr\"><is><t>x</t></is></c></row>");
    reading made = read_rows(wanting_sheet(), &rows);
    assert_int_equal(made.status, OKRUG_OK);
    assert_int_equal(okrug_messages(made.ctx), 1);
    const okrug_message *warning = assert_message(&made, 0, "formulas-without-value", 2, NULL);
    assert_string_equal(warning->place.cell, "Лист!B2");
    assert_argument(warning, "count", "3");
    assert_number(&made, "value", 3, 2);
    done(&made);
}

/* A text may have any number of digits; a number of sixteen is no longer what was typed. */
static void test_codes_of_many_digits(void **state) {
    (void)state;
    okrug_buffer rows = {0};
    XLSX_ROW(&rows, 1, "A=region", "B=value");
    XLSX_ROW(&rows, 2, "A=40702810900000012345", "B=#1234567890123456789");
    XLSX_ROW(&rows, 3, "A=#999999999999999", "B=#1");
    reading made = read_rows(wanting_sheet(), &rows);
    assert_int_equal(made.status, OKRUG_OK);
    assert_text(&made, "region", 0, "40702810900000012345");
    assert_text(&made, "region", 1, "999999999999999");
    done(&made);
    XLSX_ROW(&rows, 1, "A=region", "B=value");
    XLSX_ROW(&rows, 2, "A=40702810900000012345", "B=#1");
    XLSX_ROW(&rows, 3, "A=#40702810900000000000", "B=#2");
    XLSX_ROW(&rows, 4, "A=#4.0702810900000002E+19", "B=#3");
    XLSX_ROW(&rows, 5, "A=#1000000000000000", "B=#4");
    made = read_rows(wanting_sheet(), &rows);
    assert_int_equal(made.status, OKRUG_BAD_INPUT);
    assert_int_equal(okrug_messages(made.ctx), 3);
    for (int i = 0; i < 3; i++) {
        char cell[24];
        snprintf(cell, sizeof cell, "Лист!A%d", i + 3);
        assert_string_equal(assert_message(&made, i, "code-rounded", i + 3, "region")->place.cell, cell);
    }
    done(&made);
}

/* A number keeps no zero at its end, nor one in front: 25.1 may have been 25.10. A text is what was typed. */
static void test_codes_with_zeros(void **state) {
    (void)state;
    okrug_buffer rows = {0};
    XLSX_ROW(&rows, 1, "A=region", "B=value");
    XLSX_ROW(&rows, 2, "A=25.3", "B=#25.1");
    XLSX_ROW(&rows, 3, "A=#25.62", "B=#1");
    XLSX_ROW(&rows, 4, "A=#25.100000000000001", "B=#1");
    XLSX_ROW(&rows, 5, "A=#1.11", "B=#1.11");
    XLSX_ROW(&rows, 6, "A=#2021.5", "B=#1");
    reading made = read_rows(wanting_sheet(), &rows);
    assert_int_equal(made.status, OKRUG_OK);
    assert_int_equal(okrug_messages(made.ctx), 1);
    const okrug_message *message = assert_message(&made, 0, "codes-are-numbers", 4, "region");
    assert_string_equal(message->place.cell, "Лист!A4");
    assert_argument(message, "count", "2");
    assert_argument(message, "value", "25.1");
    assert_text(&made, "region", 2, "25.1");
    done(&made);
}

static void test_codes_as_shown(void **state) {
    (void)state;
    okrug_buffer rows = {0};
    XLSX_ROW(&rows, 1, "A=region", "B=value");
    XLSX_ROW(&rows, 2, "A=7.3688E+07", "B=#7.3688E+07");
    XLSX_ROW(&rows, 3, "A=#7.3688E7", "B=7.3688E+07");
    reading made = read_rows(wanting_sheet(), &rows);
    assert_int_equal(made.status, OKRUG_BAD_INPUT);
    assert_int_equal(okrug_messages(made.ctx), 1);
    const okrug_message *message = assert_message(&made, 0, "code-scientific", 2, "region");
    assert_string_equal(message->place.cell, "Лист!A2");
    assert_argument(message, "value", "7.3688E+07");
    done(&made);
}

static reading read_two_sheets(const char *part) {
    okrug_buffer rows = {0};
    workbook book = xlsx_begin();
    okrug_source_request request = wanting_sheet();
    request.part = part;
    XLSX_ROW(&rows, 1, "A=region", "B=value");
    XLSX_ROW(&rows, 2, "A=a", "B=#1");
    xlsx_sheet(&book, "Пустой", "");
    xlsx_sheet(&book, "2022", rows.bytes);
    XLSX_ROW(&rows, 3, "A=b", "B=#2");
    xlsx_sheet(&book, "2023", rows.bytes);
    xlsx_end(&book);
    reading made = read_bytes(request, book.bytes.bytes, book.bytes.length);
    workbook_free(&book);
    okrug_buffer_free(&rows);
    return made;
}

static void test_parts(void **state) {
    (void)state;
    reading made = read_two_sheets(NULL);
    assert_int_equal(made.status, OKRUG_BAD_INPUT);
    assert_argument(assert_message(&made, 0, "several-parts", 0, NULL), "parts", "2022, 2023");
    done(&made);
    made = read_two_sheets("2023");
    assert_int_equal(made.status, OKRUG_OK);
    assert_int_equal(made.table->rows, 2);
    done(&made);
    made = read_two_sheets("2024");
    assert_int_equal(made.status, OKRUG_NOT_FOUND);
    assert_argument(assert_message(&made, 0, "unknown-part", 0, NULL), "known", "Пустой, 2022, 2023");
    done(&made);
}

static void test_list_of_parts(void **state) {
    (void)state;
    okrug_buffer rows = {0};
    workbook book = xlsx_begin();
    XLSX_ROW(&rows, 3, "A=region", "B=value");
    xlsx_sheet(&book, "Пустой", "<row r=\"1\"><c r=\"A1\"/></row>");
    xlsx_sheet(&book, "Лист", rows.bytes);
    xlsx_end(&book);
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    okrug_part *parts = NULL;
    int count = 0;
    okrug_source_request request = {.path = "book.xlsx", .bytes = book.bytes.bytes, .length = book.bytes.length};
    assert_int_equal(okrug_source_parts(ctx, &request, &parts, &count), OKRUG_OK);
    assert_int_equal(count, 2);
    assert_int_equal(parts[0].rows, 0);
    assert_string_equal(parts[1].name, "Лист");
    assert_string_equal(parts[1].kind, "sheet");
    assert_int_equal(parts[1].rows, 1);
    request = (okrug_source_request){.path = "a.csv", .bytes = "a\n", .length = 2};
    assert_int_equal(okrug_source_parts(ctx, &request, &parts, &count), OKRUG_OK);
    assert_string_equal(parts[0].kind, "file");
    assert_int_equal(parts[0].rows, -1);
    okrug_ctx_free(ctx);
    workbook_free(&book);
    okrug_buffer_free(&rows);
}

/* A few bytes must not ask for all memory, and what the library leaves out must not go unsaid. */
static void test_limits(void **state) {
    (void)state;
    static const struct {
        const char *rows;
        const char *code;
    } cases[] = {
        {"<row r=\"1\"><c r=\"BXX1\"><v>1</v></c></row><row r=\"1000000\"><c><v>1</v></c></row>", "sheet-too-large"},
        {"<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row>",
         "part-damaged"},
        {"<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>", "part-damaged"},
        {"<row r=\"1\"><c r=\"A1\"><v>1</v></c></broken>", "part-damaged"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        okrug_buffer rows = {0};
        okrug_buffer_add_text(&rows, cases[i].rows);
        reading made = read_rows(wanting_sheet(), &rows);
        assert_int_equal(made.status, OKRUG_BAD_INPUT);
        assert_message(&made, 0, cases[i].code, 0, NULL);
        done(&made);
    }
}

static void test_no_workbooks(void **state) {
    (void)state;
    okrug_source_request request = wanting_sheet();
    assert_refused(request, "region;value\n", "archive-damaged", 0);
    request.path = "data.zip";
    assert_refused(request, "PK\3\4", "archive-damaged", 0);
    request.path = "data.csv";
    assert_refused(request, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "is-xls", 1);
    okrug_buffer rows = {0};
    reading made = read_rows(wanting_sheet(), &rows);
    assert_message(&made, 0, "empty-file", 0, NULL);
    done(&made);
}

static void test_opendocument(void **state) {
    (void)state;
    workbook book = {0};
    zip_member(&book, "mimetype", "application/vnd.oasis.opendocument.spreadsheet");
    zip_member(&book, "content.xml",
               "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body>"
               "<office:spreadsheet><table:table table:name=\"Лист\"><table:table-row table:number-rows-repeated=\"2\">"
               "<table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row><table:table-row>"
               "<table:table-cell office:value-type=\"string\"><text:p>region</text:p></table:table-cell>"
               "<table:table-cell office:value-type=\"string\"><text:p>value</text:p></table:table-cell>"
               "</table:table-row><table:table-row><table:table-cell office:value-type=\"string\"><text:p>007</text:p>"
               "</table:table-cell><table:table-cell office:value-type=\"float\" office:value=\"1.5\"><text:p>1,5"
               "</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell "
               "office:value-type=\"float\" office:value=\"8\"><text:p>8</text:p></table:table-cell><table:table-cell "
               "table:formula=\"of:=1+1\" office:value-type=\"float\" office:value=\"2\"><text:p>2</text:p>"
               "</table:table-cell></table:table-row><table:table-row table:number-rows-repeated=\"1048570\">"
               "<table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row></table:table>"
               "</office:spreadsheet></office:body></office:document-content>");
    zip_end(&book);
    okrug_source_request request = wanting_sheet();
    request.path = "book.ods";
    reading made = read_bytes(request, book.bytes.bytes, book.bytes.length);
    assert_int_equal(made.status, OKRUG_OK);
    assert_int_equal(made.table->rows, 2);
    assert_text(&made, "region", 0, "007");
    assert_number(&made, "value", 0, 1.5);
    assert_text(&made, "region", 1, "8");
    assert_number(&made, "value", 1, 2);
    assert_int_equal(made.table->line[0], 4);
    assert_string_equal(made.understood.part, "Лист");
    done(&made);
    workbook_free(&book);
}

/* Repeated rows and cells count, texts that look so do not, nor do cells of another sheet. */
static void test_opendocument_codes_with_zeros(void **state) {
    (void)state;
    static const char *const number = "<table:table-cell office:value-type=\"float\" office:value=\"%s\"><text:p>%s"
                                      "</text:p></table:table-cell>";
    okrug_buffer xml = {0};
    okrug_buffer_add_text(&xml,
                          "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\">"
                          "<office:body><office:spreadsheet><table:table table:name=\"Другой\"><table:table-row>");
    okrug_buffer_add_format(&xml, number, "25.1", "25,1");
    okrug_buffer_add_text(&xml,
                          "</table:table-row></table:table><table:table table:name=\"Лист\"><table:table-row>"
                          "<table:table-cell table:number-columns-repeated=\"2\"/>"
                          "<table:table-cell office:value-type=\"string\"><text:p>value</text:p></table:table-cell>"
                          "<table:table-cell office:value-type=\"string\"><text:p>region</text:p>"
                          "</table:table-cell></table:table-row>"
                          "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell/>"
                          "</table:table-row><table:table-row><table:table-cell "
                          "table:number-columns-repeated=\"2\"/>");
    okrug_buffer_add_format(&xml, number, "25.1", "25,1");
    okrug_buffer_add_text(&xml, "<table:table-cell office:value-type=\"string\"><text:p>25.2</text:p>"
                                "</table:table-cell></table:table-row><table:table-row><table:table-cell "
                                "table:number-columns-repeated=\"2\"/>");
    okrug_buffer_add_format(&xml, number, "1", "1");
    okrug_buffer_add_format(&xml, number, "25.3", "25,3");
    okrug_buffer_add_text(&xml, "</table:table-row></table:table></office:spreadsheet></office:body>"
                                "</office:document-content>");
    workbook book = {0};
    zip_member(&book, "mimetype", "application/vnd.oasis.opendocument.spreadsheet");
    zip_member(&book, "content.xml", xml.bytes);
    zip_end(&book);
    okrug_source_request request = wanting_sheet();
    request.path = "book.ods";
    request.part = "Лист";
    reading made = read_bytes(request, book.bytes.bytes, book.bytes.length);
    assert_int_equal(made.status, OKRUG_OK);
    assert_text(&made, "region", 0, "25.2");
    assert_text(&made, "region", 1, "25.3");
    assert_int_equal(okrug_messages(made.ctx), 1);
    assert_string_equal(assert_message(&made, 0, "codes-are-numbers", 5, "region")->place.cell, "Лист!D5");
    done(&made);
    workbook_free(&book);
    okrug_buffer_free(&xml);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells),
        cmocka_unit_test(test_texts_that_are_numbers),
        cmocka_unit_test(test_texts_that_may_be_either),
        cmocka_unit_test(test_for_people),
        cmocka_unit_test(test_formula_errors),
        cmocka_unit_test(test_far_columns_have_their_letters),
        cmocka_unit_test(test_dates_and_formulas),
        cmocka_unit_test(test_formulas_without_value),
        cmocka_unit_test(test_codes_of_many_digits),
        cmocka_unit_test(test_codes_with_zeros),
        cmocka_unit_test(test_codes_as_shown),
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_list_of_parts),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_no_workbooks),
        cmocka_unit_test(test_opendocument),
        cmocka_unit_test(test_opendocument_codes_with_zeros),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
