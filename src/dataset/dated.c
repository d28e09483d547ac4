/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Days and rows that hold for some days.
 */
#include <stdlib.h>
#include <string.h>

#include <okrug/dated.h>

bool okrug_dated_holds(const okrug_column *from, const okrug_column *to, int64_t row, const char *date) {
    const char *first = from == NULL ? NULL : okrug_text_at(from, row);
    const char *last = to == NULL ? NULL : okrug_text_at(to, row);
    return okrug_day_within(date, first, last);
}

static bool is_backwards(const okrug_column *from, const okrug_column *to, int64_t row) {
    const char *first = okrug_text_at(from, row), *last = okrug_text_at(to, row);
    return first != NULL && last != NULL && strcmp(last, first) < 0;
}

void okrug_dated_warn(okrug_ctx *ctx, const okrug_table *table) {
    const okrug_column *from = okrug_table_column(table, "since"), *to = okrug_table_column(table, "until");
    int64_t count = 0, first = 0;
    for (int64_t row = 0; from != NULL && to != NULL && row < table->rows; row++) {
        if (is_backwards(from, to, row)) {
            first = count++ == 0 ? row : first;
        }
    }
    if (count > 0) {
        okrug_place place = okrug_table_place(table, first, "until");
        okrug_warn(ctx, "rows-backwards", &place, "count", okrug_text_integer(ctx, count), (char *)NULL);
    }
}

okrug_status okrug_dated_check(okrug_ctx *ctx, const okrug_table *table, const okrug_column *from,
                               const okrug_column *to) {
    okrug_status status = OKRUG_OK;
    for (int64_t row = 0; from != NULL && to != NULL && row < table->rows; row++) {
        if (is_backwards(from, to, row)) {
            const char *first = okrug_text_at(from, row), *last = okrug_text_at(to, row);
            okrug_place place = okrug_table_place(table, row, to->name);
            status =
                okrug_fail(ctx, OKRUG_BAD_INPUT, "dated-backwards", &place, "from", first, "to", last, (char *)NULL);
        }
    }
    return status;
}

bool okrug_date_read(const char *text, char day[OKRUG_DOMAIN_TEXT]) {
    char buffer[OKRUG_DOMAIN_TEXT];
    size_t length = strlen(text);
    const char *normal = okrug_domain_text(OKRUG_DOMAIN_DATE, text, &length, buffer);
    if (normal == NULL || length >= OKRUG_DOMAIN_TEXT) {
        return false;
    }
    memcpy(day, normal, length);
    day[length] = '\0';
    return true;
}

okrug_status okrug_date_take(okrug_ctx *ctx, const char *option, const char *text, const char **date) {
    char *day = OKRUG_SCRATCH(ctx, OKRUG_DOMAIN_TEXT, char);
    if (day == NULL) {
        return OKRUG_NO_MEMORY;
    }
    if (!okrug_date_read(text, day)) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "bad-day", NULL, "option", option, "value", text, (char *)NULL);
    }
    *date = day;
    return OKRUG_OK;
}

typedef struct {
    long year, month, day;
} calendar;

static calendar parts_of(const char *date) {
    return (calendar){strtol(date, NULL, 10), strtol(date + 5, NULL, 10), strtol(date + 8, NULL, 10)};
}

int64_t okrug_date_days(const char *date) {
    calendar d = parts_of(date);
    /* Years that begin in March have their leap day at the end; 400 of them have 146,097 days. */
    int64_t year = d.month > 2 ? d.year : d.year - 1, month = d.month > 2 ? d.month - 3 : d.month + 9;
    int64_t days = year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + d.day - 1;
    return days - 719468;
}

/* The day of the year's anniversary: of 29 February in a year that has none the day before. */
static long day_in(calendar of, long year) {
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return of.month == 2 && of.day == 29 && !leap ? 28 : of.day;
}

double okrug_date_anniversaries(const char *from, const char *to) {
    calendar a = parts_of(from), b = parts_of(to);
    bool before = b.month < a.month || (b.month == a.month && b.day < day_in(a, b.year));
    long whole = b.year - a.year - (before ? 1 : 0);
    char last[OKRUG_DOMAIN_TEXT];
    memcpy(last, from, 10);
    last[10] = '\0';
    long year = a.year + whole, day = day_in(a, year);
    last[8] = (char)('0' + day / 10);
    last[9] = (char)('0' + day % 10);
    for (int i = 3; i >= 0; i--, year /= 10) {
        last[i] = (char)('0' + year % 10);
    }
    return (double)whole + (double)(okrug_date_days(to) - okrug_date_days(last)) / 366.0;
}
