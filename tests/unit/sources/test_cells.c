/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cells: how numbers are written, what stands for a missing one, and what makes it suppressed.
 */
#include "reading.h"

#include <stdio.h>

/* One column of numbers, in that delimiter, quoted; which numbers they are. */
static void assert_column(char delimiter, char decimal, const char *const *cells, const double *expected, int count,
                          const char *style) {
    char text[2000];
    int length = snprintf(text, sizeof text, "region%cvalue\n", delimiter);
    for (int i = 0; i < count; i++) {
        length += snprintf(text + length, sizeof text - (size_t)length, "r%d%c\"%s\"\n", i, delimiter, cells[i]);
    }
    okrug_source_request request = wanting_region_value();
    request.delimiter = delimiter;
    request.decimal = decimal;
    reading made = read_text(request, text);
    assert_int_equal(made.status, OKRUG_OK);
    assert_int_equal(made.table->rows, count);
    for (int i = 0; i < count; i++) {
        assert_number(&made, "value", i, expected[i]);
    }
    assert_int_equal(made.understood.style.decimal, style[0]);
    assert_int_equal(made.understood.style.thousands, style[1]);
    done(&made);
}

#define COLUMN(delimiter, decimal, style, expected, ...)                                                               \
    do {                                                                                                               \
        static const char *const cells_[] = {__VA_ARGS__};                                                             \
        assert_column(delimiter, decimal, cells_, (const double[])expected, sizeof cells_ / sizeof cells_[0], style);  \
    } while (0)
#define NUMBERS(...)                                                                                                   \
    { __VA_ARGS__ }

static void test_dot(void **state) {
    (void)state;
    COLUMN(';', 0, ".", NUMBERS(1, 0.5, 1.234, 1e3), "1", "0.5", "1.234", "1e3");
    COLUMN(',', 0, ".", NUMBERS(1.234), "1.234");
}

static void test_comma(void **state) {
    (void)state;
    COLUMN(';', 0, ",", NUMBERS(1, 0.5, 1.234), "1", "0,5", "1,234");
    COLUMN(';', 0, ",", NUMBERS(1.234), "1,234");
    COLUMN('\t', 0, ",", NUMBERS(12, 3.25), "12", "3,25");
    /* Delimited by commas, but one cell tells. */
    COLUMN(',', 0, ",", NUMBERS(1.234, 0.5), "1,234", "0,5");
    COLUMN(',', 0, ",", NUMBERS(0.123), "0,123");
}

static void test_spaces_and_minus(void **state) {
    (void)state;
    COLUMN(';', 0, ",", NUMBERS(1234567.5, 1234, 12345, 1000),
           "1\xC2\xA0"
           "234\xC2\xA0"
           "567,5",
           "1\xE2\x80\xAF"
           "234",
           " 12 345 ",
           "1\xE2\x80\x89"
           "000");
    okrug_wanted wanted[] = {region_value[0], region_value[1]};
    wanted[1].role.domain = OKRUG_DOMAIN_ANY;
    okrug_source_request request = wanting_region_value();
    request.wanted = wanted;
    reading made = read_text(request, "region;value\na;\xE2\x88\x92"
                                      "1,5\nb;-2\n");
    assert_int_equal(made.status, OKRUG_OK);
    assert_number(&made, "value", 0, -1.5);
    assert_number(&made, "value", 1, -2);
    done(&made);
}

static void test_both_marks(void **state) {
    (void)state;
    COLUMN(',', 0, ".,", NUMBERS(1234.5, 12, 1234, 0.25), "1,234.5", "12", "1,234", "0.25");
    COLUMN(';', 0, ",.", NUMBERS(1234.5, 1234567, 0.5, 1234), "1.234,5", "1.234.567", "0,5", "1.234");
    COLUMN(';', 0, ".,", NUMBERS(1234567, 1234), "1,234,567", "1,234");
    /* What was read with a dot is read again once a later cell tells. */
    COLUMN(';', 0, ",.", NUMBERS(1234, 1234.5), "1.234", "1.234,5");
    COLUMN(',', 0, ".,", NUMBERS(950, 1234, 0.25), "950", "1,234", "0.25");
}

static void test_ambiguous(void **state) {
    (void)state;
    reading made = read_text(wanting_region_value(), "region,value\na,950\nb,\"1,234\"\nc,\"5,678\"\nd,bad\n");
    assert_int_equal(made.status, OKRUG_BAD_INPUT);
    assert_int_equal(okrug_messages(made.ctx), 2);
    assert_argument(assert_message(&made, 0, "ambiguous-decimal", 3, NULL), "value", "1,234");
    assert_message(&made, 1, "not-a-number", 5, "value");
    done(&made);
    assert_refused(wanting_region_value(), "region;value\na;1.234\nb;1,234\n", "ambiguous-decimal", 3);
    COLUMN(',', ',', ",.", NUMBERS(950, 1.234), "950", "1,234");
    COLUMN(',', '.', ".,", NUMBERS(950, 1234), "950", "1,234");
}

static void test_dissent(void **state) {
    (void)state;
    reading made = read_text(wanting_region_value(), "region;value\na;1\nb;0.5\nc;0,5\nd;0.75\ne;2,5\n");
    assert_int_equal(made.status, OKRUG_BAD_INPUT);
    assert_int_equal(okrug_messages(made.ctx), 2);
    const okrug_message *message = assert_message(&made, 0, "decimal-differs", 4, "value");
    assert_argument(message, "value", "0,5");
    assert_argument(message, "decimal", ".");
    assert_argument(message, "line", "3");
    assert_message(&made, 1, "decimal-differs", 6, "value");
    done(&made);
    made = read_text(wanting_region_value(), "region;value\na;0,5\nb;0.5\n");
    assert_argument(assert_message(&made, 0, "decimal-differs", 3, "value"), "line", "2");
    done(&made);
}

static void test_only_wanted_cells_tell_the_style(void **state) {
    (void)state;
    reading made = read_text(wanting_region_value(), "region;other;value\n0,5;1,5;2.5\n1,234;x;3\n");
    assert_int_equal(made.status, OKRUG_OK);
    assert_text(&made, "region", 0, "0,5");
    assert_number(&made, "value", 0, 2.5);
    done(&made);
}

static void test_codes_stay_as_they_are(void **state) {
    (void)state;
    static const char *const codes[] = {"10-2-3", "06-07", "0010", "1e5", "NA", "-", "01.11.1", "1 000"};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        char text[100];
        snprintf(text, sizeof text, "region;value\n\xC2\xA0%s ;1\n", codes[i]);
        reading made = read_text(wanting_region_value(), text);
        assert_int_equal(made.status, OKRUG_OK);
        assert_text(&made, "region", 0, codes[i]);
        done(&made);
    }
}

static void test_marks_of_missing(void **state) {
    (void)state;
    static const struct {
        const char *text;
        okrug_reason reason;
    } marks[] = {{"–", OKRUG_STRUCTURAL_ZERO}, {"—", OKRUG_STRUCTURAL_ZERO}, {"-", OKRUG_STRUCTURAL_ZERO},
                 {"…", OKRUG_NOT_COLLECTED},   {"...", OKRUG_NOT_COLLECTED}, {"..", OKRUG_NOT_COLLECTED},
                 {"X", OKRUG_UNDEFINED},       {"x", OKRUG_UNDEFINED},       {"Х", OKRUG_UNDEFINED},
                 {"х", OKRUG_UNDEFINED},       {"NA", OKRUG_NOT_COLLECTED},  {"n/a", OKRUG_NOT_COLLECTED},
                 {"NaN", OKRUG_NOT_COLLECTED}};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        char text[100];
        snprintf(text, sizeof text, "region;value\na; %s \n", marks[i].text);
        reading made = read_text(wanting_region_value(), text);
        assert_int_equal(made.status, OKRUG_OK);
        assert_missing(&made, "value", 0, marks[i].reason);
        assert_int_equal(made.understood.missing_marks, 1);
        done(&made);
    }
    assert_refused(wanting_region_value(), "region;value\na;inf\n", "not-a-number", 2);
    assert_refused(wanting_region_value(), "region;value\na;0x10\n", "not-a-number", 2);
    assert_refused(wanting_region_value(), "region;value\na;1-2\n", "not-a-number", 2);
}

static void test_long_texts_are_cut_between_characters(void **state) {
    (void)state;
    reading made = read_text(wanting_region_value(), "region;value\na;жжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжж1\n"
                                                     "b;.жжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжж1\n");
    assert_argument(assert_message(&made, 0, "not-a-number", 2, "value"), "value",
                    "жжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжж…");
    assert_argument(assert_message(&made, 1, "not-a-number", 3, "value"), "value",
                    ".жжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжж…");
    done(&made);
}

static void test_blank(void **state) {
    (void)state;
    okrug_source_request request = wanting_region_value();
    request.blank = OKRUG_ZERO_OR_SUPPRESSED;
    reading made = read_text(request, "region;value\na;\nb;\" \"\n");
    assert_int_equal(made.status, OKRUG_OK);
    assert_missing(&made, "value", 0, OKRUG_ZERO_OR_SUPPRESSED);
    assert_missing(&made, "value", 1, OKRUG_ZERO_OR_SUPPRESSED);
    assert_int_equal(made.understood.blank_cells, 2);
    done(&made);
}

static void test_suppressed(void **state) {
    (void)state;
    okrug_source_request request = wanting_region_value();
    request.status = "disclosure";
    request.suppressed = "N";
    reading made = read_text(request, "region;value;disclosure\na;0;N\nb;0;\nc;bad;N\n");
    assert_int_equal(made.status, OKRUG_OK);
    assert_missing(&made, "value", 0, OKRUG_SUPPRESSED);
    assert_number(&made, "value", 1, 0);
    assert_missing(&made, "value", 2, OKRUG_SUPPRESSED);
    assert_int_equal(made.understood.suppressed_cells, 2);
    done(&made);
    assert_refused(request, "region;value\na;1\n", "missing-column", 1);
    request.status = NULL;
    request.suppressed = "(D)";
    made = read_text(request, "region;value\n(D);(D)\nb;1\n");
    assert_int_equal(made.status, OKRUG_OK);
    assert_text(&made, "region", 0, "(D)");
    assert_missing(&made, "value", 0, OKRUG_SUPPRESSED);
    done(&made);
    request.suppressed = "-1"; /* a number in a column that has no negative ones */
    made = read_text(request, "region;value\na;-1\n");
    assert_int_equal(made.status, OKRUG_OK);
    assert_missing(&made, "value", 0, OKRUG_SUPPRESSED);
    done(&made);
}

static void test_geometry_column(void **state) {
    (void)state;
    okrug_wanted wanted[] = {region_value[0],
                             {.role = {.name = "geometry", .type = OKRUG_GEOMETRY, .need = OKRUG_REQUIRED}}};
    okrug_source_request request = {.path = "in.csv", .wanted = wanted, .wanted_count = 2};
    reading made = read_text(request, "region;geometry\na;0101000000\n");
    assert_int_equal(made.status, OKRUG_OK);
    assert_text(&made, "geometry", 0, "0101000000");
    done(&made);
    assert_refused(request, "region;geometry\na;POINT(1 2)\n", "not-a-geometry", 2);
}

static void test_percent_sign(void **state) {
    (void)state;
    assert_refused(wanting_region_value(), "region;value\na;12%\n", "percent-sign", 2);
    assert_refused(wanting_region_value(), "region;value\na;%\n", "not-a-number", 2);
}

static void test_marks_are_counted_one_by_one(void **state) {
    (void)state;
    reading made = read_text(wanting_region_value(), "region;value\na;…\nb;–\nc;…\nd;1\n");
    assert_int_equal(made.status, OKRUG_OK);
    assert_int_equal(made.understood.missing_marks, 3);
    assert_string_equal(made.understood.mark[0].text, "…");
    assert_int_equal(made.understood.mark[0].count, 2);
    assert_int_equal(made.understood.mark[0].reason, OKRUG_NOT_COLLECTED);
    assert_int_equal(made.understood.mark[1].count, 1);
    assert_int_equal(made.understood.mark[1].reason, OKRUG_STRUCTURAL_ZERO);
    assert_int_equal(made.understood.mark[2].count, 0);
    done(&made);
}

static void test_codes_as_spreadsheets_show_them(void **state) {
    (void)state;
    reading made = read_text(wanting_region_value(), "region;value\n7.3688E+07;1\n1,23E+11;7.3688E+07\n7E07;3\n");
    assert_int_equal(made.status, OKRUG_BAD_INPUT);
    assert_int_equal(okrug_messages(made.ctx), 2);
    assert_argument(assert_message(&made, 0, "code-scientific", 2, "region"), "value", "7.3688E+07");
    assert_argument(assert_message(&made, 1, "code-scientific", 3, "region"), "value", "1,23E+11");
    done(&made);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dot),
        cmocka_unit_test(test_comma),
        cmocka_unit_test(test_spaces_and_minus),
        cmocka_unit_test(test_both_marks),
        cmocka_unit_test(test_ambiguous),
        cmocka_unit_test(test_dissent),
        cmocka_unit_test(test_only_wanted_cells_tell_the_style),
        cmocka_unit_test(test_codes_stay_as_they_are),
        cmocka_unit_test(test_marks_of_missing),
        cmocka_unit_test(test_long_texts_are_cut_between_characters),
        cmocka_unit_test(test_blank),
        cmocka_unit_test(test_suppressed),
        cmocka_unit_test(test_geometry_column),
        cmocka_unit_test(test_percent_sign),
        cmocka_unit_test(test_marks_are_counted_one_by_one),
        cmocka_unit_test(test_codes_as_spreadsheets_show_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
