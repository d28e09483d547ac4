/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GAL and GWT: links as rows, codes and numbers of records, and what is refused.
 */
#include "reading.h"

static okrug_source_request gal(void) {
    return (okrug_source_request){.path = "in.gal"};
}

static okrug_source_request gwt(void) {
    return (okrug_source_request){.path = "in.GWT"};
}

static void test_codes(void **state) {
    (void)state;
    reading made = read_text(gal(), "0 3 map oktmo\r\n001 2\r\n002 003\r\n002 1\r\n001\r\n003 0\r\n\r\n");
    assert_int_equal(made.status, OKRUG_OK);
    assert_string_equal(made.understood.format, "gal");
    assert_int_equal(made.table->rows, 3);
    assert_int_equal(made.table->columns, 2);
    assert_text(&made, "a", 1, "001");
    assert_text(&made, "b", 1, "003");
    assert_text(&made, "a", 2, "002");
    assert_int_equal(made.table->line[2], 5);
    done(&made);
}

/* Without a key, whole numbers up to the count are numbers of records. */
static void test_records(void **state) {
    (void)state;
    reading made = read_text(gal(), "3\n1 1\n3\n2 0\n3 1\n1\n");
    assert_int_equal(made.status, OKRUG_OK);
    assert_int_equal(made.table->rows, 2);
    assert_text(&made, "b", 0, "3");
    assert_text(&made, "records", 0, "3");
    done(&made);
    made = read_text(gal(), "3\n0 1\n2\n1 0\n2 1\n0\n");
    assert_int_equal(made.status, OKRUG_OK);
    assert_text(&made, "a", 0, "1");
    assert_text(&made, "b", 0, "3");
    assert_text(&made, "records", 1, "3");
    done(&made);
    made = read_text(gal(), "2\n29 1\n31\n31 1\n29\n"); /* numbers beyond the count are codes */
    assert_int_equal(made.status, OKRUG_OK);
    assert_int_equal(made.table->columns, 2);
    assert_text(&made, "a", 0, "29");
    done(&made);
    made = read_text(gal(), "2\n01 1\n2\n2 1\n01\n"); /* a leading zero makes a code */
    assert_int_equal(made.table->columns, 2);
    done(&made);
}

static void test_gwt(void **state) {
    (void)state;
    reading made = read_text(gwt(), "0 3 map id\na b 1.5\na c 2e3\n");
    assert_int_equal(made.status, OKRUG_OK);
    assert_int_equal(made.table->rows, 2);
    assert_text(&made, "b", 1, "c");
    assert_text(&made, "weight", 0, "1.5");
    assert_int_equal(made.table->columns, 3);
    assert_message(&made, 0, "gwt-numbers", 0, NULL);
    done(&made);
}

static void test_refused(void **state) {
    (void)state;
    assert_refused(gal(), "", "empty-file", 0);
    assert_refused(gal(), "map\na 0\n", "bad-neighbours-line", 1);
    assert_refused(gal(), "2\na 1\nb\nb\n", "bad-neighbours-line", 4);          /* no count */
    assert_refused(gal(), "2\na 1\nb c\nb 0\n", "bad-neighbours-line", 3);      /* more than it says */
    assert_refused(gal(), "2\na 2\nb c\nb 3\nx y\n", "bad-neighbours-line", 4); /* fewer than it says */
    assert_refused(gal(), "3\na 1\nb\nb 1\na\n", "bad-neighbours-line", 1);     /* fewer records */
    assert_refused(gal(), "2\n0 1\n2\n2 1\n0\n", "bad-neighbours-line", 2);     /* from 0, and beyond */
    assert_refused(gwt(), "0 2 map id\na b\n", "bad-neighbours-line", 2);
    assert_refused(gwt(), "0 2 map id\na b 1 2\n", "bad-neighbours-line", 2);
    assert_refused(gwt(), "0 2 map id\na \xC2\xA0 1\n", "bad-neighbours-line", 2); /* spaces are no code */
    assert_refused(gwt(), "0 2 map id\n\v b 1\n", "bad-neighbours-line", 2);
    assert_refused(gal(), "2\na 1\n\xC2\xA0\nb 0\n", "bad-neighbours-line", 2);
    assert_refused(gal(), "2\n\xC2\xA0 0\nb 0\n", "bad-neighbours-line", 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes),
        cmocka_unit_test(test_records),
        cmocka_unit_test(test_gwt),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
