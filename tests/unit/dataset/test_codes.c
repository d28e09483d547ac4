/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Codes of registers with their check digits, days, yes and no.
 */
#include <okrug/role.h>

#include <stdlib.h>
#include <string.h>

#include "testing.h"

/* The text ends where its memory does, so that a sanitizer sees who reads beyond it. */
static const char *normal(okrug_domain domain, const char *text, char buffer[OKRUG_DOMAIN_TEXT]) {
    size_t length = strlen(text);
    char *tight = malloc(length + (length == 0));
    assert_non_null(tight);
    memcpy(tight, text, length);
    const char *found = okrug_domain_text(domain, tight, &length, buffer);
    if (found == tight) {
        assert_int_equal(length, strlen(text));
        found = text;
    } else if (found != NULL) {
        assert_int_equal(length, strlen(found));
    }
    free(tight);
    return found;
}

static void admits(okrug_domain domain, const char *text) {
    char buffer[OKRUG_DOMAIN_TEXT];
    if (normal(domain, text, buffer) == NULL) {
        fail_msg("%s is not admitted as %s", text, okrug_domain_code(domain));
    }
}

static void refuses(okrug_domain domain, const char *const *texts) {
    char buffer[OKRUG_DOMAIN_TEXT];
    for (; *texts != NULL; texts++) {
        if (normal(domain, *texts, buffer) != NULL) {
            fail_msg("%s is admitted as %s", *texts, okrug_domain_code(domain));
        }
    }
}

static void test_numbers_of_registers(void **state) {
    (void)state;
    admits(OKRUG_DOMAIN_INN, "7707083893");
    admits(OKRUG_DOMAIN_INN, "7736050003");
    admits(OKRUG_DOMAIN_INN, "500100732259");
    refuses(OKRUG_DOMAIN_INN, (const char *[]){"771234567890", "7707083894", "770708389", "0000000000", "000000000000",
                                               "77070838 3", "", "500100732250", "500100732269", "7707083893x", NULL});
    admits(OKRUG_DOMAIN_OGRN, "1027700132195");
    admits(OKRUG_DOMAIN_OGRN, "304500116000157");
    refuses(OKRUG_DOMAIN_OGRN,
            (const char *[]){"1027700132196", "304500116000158", "102770013219", "0027700132195", "", NULL});
    admits(OKRUG_DOMAIN_OKPO, "00032537");
    admits(OKRUG_DOMAIN_OKPO, "00040778");
    admits(OKRUG_DOMAIN_OKPO, "0164667059");
    refuses(OKRUG_DOMAIN_OKPO, (const char *[]){"32537", "00032538", "0164667058", "", NULL});
    admits(OKRUG_DOMAIN_KPP, "770801001");
    admits(OKRUG_DOMAIN_KPP, "7708AZ001");
    refuses(OKRUG_DOMAIN_KPP, (const char *[]){"77080100", "7708az001", "770801OO1", "", NULL});
    admits(OKRUG_DOMAIN_OKTMO, "29701000");
    admits(OKRUG_DOMAIN_OKTMO, "29701000001");
    refuses(OKRUG_DOMAIN_OKTMO, (const char *[]){"2970100", "297010000", "2970100a", "", NULL});
}

static void test_classifications(void **state) {
    (void)state;
    static const char *const both[] = {"16", "16.1", "16.10", "16.10.1", "16.10.11"};
    for (size_t i = 0; i < sizeof both / sizeof both[0]; i++) {
        admits(OKRUG_DOMAIN_OKVED, both[i]);
        admits(OKRUG_DOMAIN_OKPD, both[i]);
    }
    admits(OKRUG_DOMAIN_OKPD, "16.10.10.110");
    refuses(OKRUG_DOMAIN_OKVED,
            (const char *[]){"1", "C", "16.", "16.1.1", "16.100", "16.10.111", "16.10.10.110", "", "16,10", NULL});
    refuses(OKRUG_DOMAIN_OKPD, (const char *[]){"16.10.10.1", "16.10.1.110", "16.10.10.110.1", "16..10", NULL});
}

static void test_days(void **state) {
    (void)state;
    char buffer[OKRUG_DOMAIN_TEXT];
    static const char *const same[] = {"2024-02-29",
                                       "29.02.2024",
                                       "2024/02/29",
                                       "2024-02-29T00:00:00",
                                       "2024/02/29 00:00:00",
                                       "29.2.2024",
                                       "29.02.2024 0:00",
                                       "29.02.2024 00:00:00",
                                       "29.2.2024 0:00:00",
                                       "2024-02-29T00:00:00Z",
                                       "2024-02-29T00:00:00.000",
                                       "2024-02-29 00:00"};
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        const char *day = normal(OKRUG_DOMAIN_DATE, same[i], buffer);
        assert_non_null(day);
        assert_string_equal(day, "2024-02-29");
    }
    refuses(OKRUG_DOMAIN_DATE,
            (const char *[]){"2023-02-29", "29.02.1900", "31.04.2024", "00.01.2024", "01.13.2024", "2024-2-29",
                             "01/02/2024", "2024-02/29", "0000-01-01", "", "2024-02-29T10:00:00", "45351", NULL});
    admits(OKRUG_DOMAIN_DATE, "29.02.2000");
    refuses(OKRUG_DOMAIN_DATE,
            (const char *[]){"31.4.2024", "30.2.2024 0:00", "1.3.26", "1..2024", "111.1.2024", "1.111.2024",
                             "1.1.20245", "1.1.2024 ", "1.1.2024T", "1.1.2024 0", "1.1.2024 0:0",
                             "1.1.2024 00:00:00:00", "1.1.2024 0:01", "1.1.2024 10:00", "1.1.2024 00:00.0",
                             "1.1.2024 0:00Z", "1.1.", "1", NULL});
    assert_string_equal(normal(OKRUG_DOMAIN_DATE, "1.3.2026", buffer), "2026-03-01");
}

static void test_answers(void **state) {
    (void)state;
    char buffer[OKRUG_DOMAIN_TEXT];
    assert_string_equal(normal(OKRUG_DOMAIN_YES_NO, "Да", buffer), "yes");
    assert_string_equal(normal(OKRUG_DOMAIN_YES_NO, "0", buffer), "no");
    refuses(OKRUG_DOMAIN_YES_NO, (const char *[]){"", "y", "не", "2", NULL});
    assert_string_equal(normal(OKRUG_DOMAIN_CONTRACT_KIND, "import-substitution", buffer), "import-substitution");
    refuses(OKRUG_DOMAIN_CONTRACT_KIND, (const char *[]){"", "loan", "suppl", "Supply", NULL});
    assert_string_equal(normal(OKRUG_DOMAIN_VAT, "included", buffer), "included");
    refuses(OKRUG_DOMAIN_VAT, (const char *[]){"", "maybe", "include", "20", NULL});
    assert_string_equal(normal(OKRUG_DOMAIN_CANDIDATE, "facility", buffer), "facility");
    refuses(OKRUG_DOMAIN_CANDIDATE, (const char *[]){"", "friend", "members", NULL});
}

static void test_domains_of_numbers_admit_texts(void **state) {
    (void)state;
    admits(OKRUG_DOMAIN_ANY, "");
    admits(OKRUG_DOMAIN_SHARE, "text");
    assert_false(okrug_domain_admits(OKRUG_DOMAIN_INN, 7707083893.0));
}

static void test_numbers_as_spreadsheets_show_them(void **state) {
    (void)state;
    static const char *const shown[] = {"7.3688E+07", "7,3688E+07", "1.23E+11", "1E+05", "1.2E+100"};
    static const char *const codes[] = {"7.3688E07", "E+07",     "1E+5",       "7..3E+07", "73688000", "7.3688e+07",
                                        "AE+07",     "7.3688E+", "7.3688E+0A", "7.E+07",   "10E+07X",  ""};
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
        assert_true(okrug_text_is_scientific(shown[i], strlen(shown[i])));
    }
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        if (okrug_text_is_scientific(codes[i], strlen(codes[i]))) {
            fail_msg("%s is taken for a number", codes[i]);
        }
    }
    assert_true(okrug_role_is_code(&(okrug_role)OKRUG_TEXT_ROLE("buyer", REQUIRED, ANY)));
    assert_true(okrug_role_is_code(&(okrug_role)OKRUG_TEXT_ROLE("industry", OPTIONAL, ANY)));
    assert_true(okrug_role_is_code(&(okrug_role)OKRUG_TEXT_ROLE("inn", OPTIONAL, INN)));
    assert_false(okrug_role_is_code(&(okrug_role)OKRUG_TEXT_ROLE("address", OPTIONAL, ANY)));
    assert_false(okrug_role_is_code(&(okrug_role)OKRUG_TEXT_ROLE("since", REQUIRED, DATE)));
    assert_false(okrug_role_is_code(&(okrug_role)OKRUG_NUMBER_ROLE("value", REQUIRED, ANY, NONE)));
}

static void test_days_between_days(void **state) {
    (void)state;
    assert_true(okrug_day_within("2024-02-29", "2024-02-29", "2024-02-29"));
    assert_true(okrug_day_within("2024-02-29", NULL, NULL));
    assert_true(okrug_day_within("2024-02-29", "2023-12-31", NULL));
    assert_false(okrug_day_within("2024-02-29", "2024-03-01", NULL));
    assert_false(okrug_day_within("2024-02-29", NULL, "2024-02-28"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_of_registers),
        cmocka_unit_test(test_classifications),
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_answers),
        cmocka_unit_test(test_domains_of_numbers_admit_texts),
        cmocka_unit_test(test_numbers_as_spreadsheets_show_them),
        cmocka_unit_test(test_days_between_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
