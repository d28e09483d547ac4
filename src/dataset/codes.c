/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The domains of texts: codes of the Russian registers with the digits that check them, days, yes and no. A code stays
 * as it was written; days and answers get one form.
 *
 * The check digits follow the orders of the Federal Tax Service (INN: MMB-7-6/435@; OGRN: 165n) and of Rosstat (OKPO:
 * R 50.1.024-2005).
 */
#include <okrug/role.h>

#include <stdint.h>
#include <string.h>

static bool all_digits(const char *text, size_t length) {
    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
    }
    return length > 0;
}

static int digit(const char *text, size_t at) {
    return text[at] - '0';
}

/* The digit that checks the `length` before it: the weighted sum modulo 11 modulo 10. */
static int weighted(const char *text, size_t length, const int *weight) {
    int sum = 0;
    for (size_t i = 0; i < length; i++) {
        sum += weight[i] * digit(text, i);
    }
    return sum % 11 % 10;
}

static bool is_inn(const char *text, size_t length) {
    static const int weights[] = {3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8};
    static const char zeros[] = "000000000000";
    if (!all_digits(text, length) || length >= sizeof zeros || memcmp(text, zeros, length) == 0) {
        return false;
    }
    return (length == 10 && weighted(text, 9, weights + 2) == digit(text, 9)) ||
           (length == 12 && weighted(text, 10, weights + 1) == digit(text, 10) &&
            weighted(text, 11, weights) == digit(text, 11));
}

static bool is_ogrn(const char *text, size_t length) {
    if ((length != 13 && length != 15) || !all_digits(text, length) || text[0] == '0') {
        return false;
    }
    uint64_t number = 0;
    for (size_t i = 0; i + 1 < length; i++) {
        number = 10 * number + (uint64_t)digit(text, i);
    }
    return (int)(number % (length == 13 ? 11 : 13) % 10) == digit(text, length - 1);
}

static bool is_kpp(const char *text, size_t length) {
    if (length != 9 || !all_digits(text, 4) || !all_digits(text + 6, 3)) {
        return false;
    }
    for (size_t i = 4; i < 6; i++) {
        if (!((text[i] >= '0' && text[i] <= '9') || (text[i] >= 'A' && text[i] <= 'Z'))) {
            return false;
        }
    }
    return true;
}

/* Weights 1, 2, ... 10, 1, ...; where they give 10, those that begin with 3; where these do too, 0. */
static bool is_okpo(const char *text, size_t length) {
    if ((length != 8 && length != 10) || !all_digits(text, length)) {
        return false;
    }
    int check = 10;
    for (int first = 0; first <= 2 && check == 10; first += 2) {
        int sum = 0;
        for (size_t i = 0; i + 1 < length; i++) {
            sum += ((int)i + first) % 10 * digit(text, i) + digit(text, i);
        }
        check = sum % 11;
    }
    return check % 10 == digit(text, length - 1);
}

/* Groups of digits with dots between: at most `groups`, each of one or two digits but the first, which has two. With
 * `last` digits in a further group where that may follow three full ones. */
static bool is_grouped(const char *text, size_t length, int groups, size_t last) {
    size_t at = 0;
    size_t digits = 0;
    for (int group = 0; at <= length; group++) {
        size_t from = at;
        while (at < length && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        bool before_full = group == 0 || digits == 2;
        digits = at - from;
        bool fits = group == 0       ? digits == 2
                    : group < groups ? before_full && (digits == 1 || digits == 2)
                                     : last > 0 && group == groups && before_full && digits == last;
        if (!fits || (at < length && text[at] != '.')) {
            return false;
        }
        if (at == length) {
            return true;
        }
        at++;
    }
    return false;
}

static int days_of(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

/* Two or four digits; -1: not so many. */
static int number_at(const char *text, size_t at, size_t digits) {
    int number = 0;
    if (!all_digits(text + at, digits)) {
        return -1;
    }
    for (size_t i = 0; i < digits; i++) {
        number = 10 * number + digit(text, at + i);
    }
    return number;
}

/* Is it midnight, as cells of spreadsheets and programs write it after a day: " 0:00", "T00:00:00.000Z"? Another time
 * is none: who wrote it may have meant another day elsewhere, and would miss it in what comes out. */
static bool is_midnight(const char *text, size_t length) {
    if (length < 5 || (text[0] != ' ' && text[0] != 'T')) {
        return false;
    }
    size_t end = text[length - 1] == 'Z' && text[0] == 'T' ? length - 1 : length;
    size_t group = 0, digits = 0;
    for (size_t i = 1; i < end; i++) {
        if (text[i] == '0') {
            digits++;
        } else if (text[i] == (group == 2 ? '.' : ':') && group < 3 && (digits == 2 || (digits == 1 && group == 0))) {
            group++;
            digits = 0;
        } else {
            return false;
        }
    }
    return group > 0 && (group == 3 ? digits > 0 && digits <= 6 : digits == 2);
}

/* D.M.YYYY, of one or two digits each: the bytes that it takes; 0: it is none. */
static size_t read_dotted(const char *text, size_t length, int *day, int *month, int *year) {
    int *const part[] = {day, month};
    size_t at = 0;
    for (int k = 0; k < 2; k++) {
        size_t digits = 0;
        while (at + digits < length && digits < 2 && text[at + digits] >= '0' && text[at + digits] <= '9') {
            digits++;
        }
        if (digits == 0 || at + digits >= length || text[at + digits] != '.') {
            return 0;
        }
        *part[k] = number_at(text, at, digits);
        at += digits + 1;
    }
    if (at + 4 > length) {
        return 0;
    }
    *year = number_at(text, at, 4);
    return at + 4;
}

static void put_number(char *at, int number, size_t digits) {
    for (; digits > 0; number /= 10) {
        at[--digits] = (char)('0' + number % 10);
    }
}

static const char *read_date(const char *text, size_t *length, char *buffer) {
    int year = 0, month = 0, day = 0;
    size_t taken = 0;
    if (*length >= 10 && text[4] == text[7] && (text[4] == '-' || text[4] == '/')) {
        year = number_at(text, 0, 4);
        month = number_at(text, 5, 2);
        day = number_at(text, 8, 2);
        taken = 10;
    } else {
        taken = read_dotted(text, *length, &day, &month, &year);
    }
    if (taken == 0 || (taken < *length && !is_midnight(text + taken, *length - taken)) || year < 1 || month < 1 ||
        month > 12 || day < 1 || day > days_of(year, month)) {
        return NULL;
    }
    put_number(buffer, year, 4);
    buffer[4] = '-';
    put_number(buffer + 5, month, 2);
    buffer[7] = '-';
    put_number(buffer + 8, day, 2);
    buffer[10] = '\0';
    *length = 10;
    return buffer;
}

static const char *read_answer(const char *text, size_t *length, char *buffer) {
    static const struct {
        const char *text;
        bool yes;
    } answers[] = {{"yes", true},  {"Yes", true},  {"YES", true},  {"true", true}, {"TRUE", true},   {"1", true},
                   {"да", true},   {"Да", true},   {"ДА", true},   {"no", false},  {"No", false},    {"NO", false},
                   {"нет", false}, {"Нет", false}, {"НЕТ", false}, {"0", false},   {"false", false}, {"FALSE", false}};
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        if (strlen(answers[i].text) == *length && memcmp(answers[i].text, text, *length) == 0) {
            *length = answers[i].yes ? 3 : 2;
            memcpy(buffer, answers[i].yes ? "yes" : "no", *length + 1);
            return buffer;
        }
    }
    return NULL;
}

static bool is_one_of(const char *text, size_t length, const char *const *words) {
    for (; *words != NULL; words++) {
        if (strlen(*words) == length && memcmp(*words, text, length) == 0) {
            return true;
        }
    }
    return false;
}

/* What Decree 779 counts as a contract between participants. */
static const char *const contract_kinds[] = {"supply", "works", "services", "import-substitution", "special-investment",
                                             NULL};
static const char *const vat_words[] = {"included", "excluded", NULL};
static const char *const candidate_words[] = {"member", "contract", "facility", NULL};

const char *okrug_domain_text(okrug_domain domain, const char *text, size_t *length, char buffer[OKRUG_DOMAIN_TEXT]) {
    switch (domain) {
    case OKRUG_DOMAIN_INN:
        return is_inn(text, *length) ? text : NULL;
    case OKRUG_DOMAIN_OGRN:
        return is_ogrn(text, *length) ? text : NULL;
    case OKRUG_DOMAIN_KPP:
        return is_kpp(text, *length) ? text : NULL;
    case OKRUG_DOMAIN_OKPO:
        return is_okpo(text, *length) ? text : NULL;
    case OKRUG_DOMAIN_OKTMO:
        return (*length == 8 || *length == 11) && all_digits(text, *length) ? text : NULL;
    case OKRUG_DOMAIN_OKVED:
        return is_grouped(text, *length, 3, 0) ? text : NULL;
    case OKRUG_DOMAIN_OKPD:
        return is_grouped(text, *length, 3, 3) ? text : NULL;
    case OKRUG_DOMAIN_DATE:
        return read_date(text, length, buffer);
    case OKRUG_DOMAIN_YES_NO:
        return read_answer(text, length, buffer);
    case OKRUG_DOMAIN_CONTRACT_KIND:
        return is_one_of(text, *length, contract_kinds) ? text : NULL;
    case OKRUG_DOMAIN_VAT:
        return is_one_of(text, *length, vat_words) ? text : NULL;
    case OKRUG_DOMAIN_CANDIDATE:
        return is_one_of(text, *length, candidate_words) ? text : NULL;
    default:
        return text;
    }
}

bool okrug_day_within(const char *day, const char *since, const char *until) {
    return (since == NULL || strcmp(since, day) <= 0) && (until == NULL || strcmp(day, until) <= 0);
}
