/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A register of firms and districts that are named by beginnings of codes -> who is in which.
 */
#include "analyses/districts_case.h"

#include <math.h>
#include <string.h>

#include <okrug/dated.h>

#include "analyses/code_cut.h"

/* ---- The register ---- */

static bool is_yes(const okrug_column *column, int64_t row) {
    const char *text = column == NULL ? NULL : okrug_text_at(column, row);
    return text != NULL && strcmp(text, "yes") == 0;
}

static void count_row(okrug_districts *of, int64_t row, okrug_sum *employment) {
    const okrug_table *firms = of->asked->firms;
    const okrug_column *since = okrug_table_column(firms, "since"), *until = okrug_table_column(firms, "until");
    if (of->region->word[row] < 0) {
        of->without_region++;
        return;
    }
    if (of->industry->word[row] < 0) {
        of->without_industry++;
        return;
    }
    if (of->asked->date != NULL && !okrug_dated_holds(since, until, row, of->asked->date)) {
        of->out_of_date++;
        return;
    }
    double employees = okrug_number_at(of->employees, row);
    of->counts[row] = true;
    of->region_counts[of->region->word[row]] = true;
    of->industry_counts[of->industry->word[row]] = true;
    of->counted++;
    of->made += is_yes(okrug_table_column(firms, "synthetic"), row);
    of->unknown += isnan(employees);
    if (!isnan(employees)) {
        okrug_sum_add(employment, employees);
    }
}

static okrug_status count_rows(okrug_ctx *ctx, okrug_districts *of) {
    const okrug_table *firms = of->asked->firms;
    okrug_sum employment = {0};
    of->counts = OKRUG_SCRATCH_ZERO(ctx, firms->rows + 1, bool);
    of->region_counts = OKRUG_SCRATCH_ZERO(ctx, okrug_words_count(of->region->words) + 1, bool);
    of->industry_counts = OKRUG_SCRATCH_ZERO(ctx, okrug_words_count(of->industry->words) + 1, bool);
    of->revenue = OKRUG_SCRATCH(ctx, firms->rows + 1, double);
    of->staff = OKRUG_SCRATCH(ctx, firms->rows + 1, double);
    if (of->counts == NULL || of->region_counts == NULL || of->industry_counts == NULL || of->revenue == NULL ||
        of->staff == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t row = 0; row < firms->rows; row++) {
        count_row(of, row, &employment);
        of->revenue[row] = (double)NAN;
        of->staff[row] = okrug_number_at(of->employees, row);
    }
    of->employment = okrug_sum_value(&employment);
    return of->counted > 0 ? OKRUG_OK
                           : okrug_fail(ctx, OKRUG_BAD_INPUT, "no-firms-to-count", &(okrug_place){.file = firms->file},
                                        (char *)NULL);
}

static okrug_status sort_rows(okrug_ctx *ctx, okrug_districts *of) {
    of->activity_ptr = OKRUG_SCRATCH_ZERO(ctx, of->activities + 2, int64_t);
    of->activity_row = OKRUG_SCRATCH(ctx, of->counted + 1, int32_t);
    if (of->activity_ptr == NULL || of->activity_row == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int64_t *next = of->activity_ptr + 1; /* shifted by one while it is filled */
    for (int64_t row = 0; row < of->asked->firms->rows; row++) {
        if (of->counts[row]) {
            next[of->activity_of[of->industry->word[row]] + 1]++;
        }
    }
    for (int64_t a = 0; a < of->activities; a++) {
        next[a + 1] += next[a];
    }
    for (int64_t row = 0; row < of->asked->firms->rows; row++) {
        if (of->counts[row]) {
            of->activity_row[next[of->activity_of[of->industry->word[row]]]++] = (int32_t)row;
        }
    }
    return OKRUG_OK;
}

/* ---- Accounts: of one period, so that districts are compared at the same time ---- */

static const char *period_of(const okrug_districts_asked *asked) {
    const okrug_column *period = okrug_table_column(asked->accounts, "period");
    const char *latest = asked->period;
    for (int64_t row = 0; asked->period == NULL && period != NULL && row < asked->accounts->rows; row++) {
        const char *at = okrug_text_at(period, row);
        latest = at != NULL && (latest == NULL || strcmp(at, latest) > 0) ? at : latest;
    }
    return period == NULL ? NULL : latest;
}

static okrug_status read_accounts(okrug_ctx *ctx, okrug_districts *of) {
    const okrug_table *accounts = of->asked->accounts;
    if (accounts == NULL) {
        return OKRUG_OK;
    }
    const okrug_column *period = okrug_table_column(accounts, "period");
    int32_t *row_of = OKRUG_SCRATCH(ctx, okrug_words_count(of->firm->words) + 1, int32_t);
    if (row_of == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t row = 0; row < of->asked->firms->rows; row++) {
        row_of[of->firm->word[row]] = (int32_t)row;
    }
    of->period = period_of(of->asked);
    int64_t found = 0;
    for (int64_t row = 0; row < accounts->rows; row++) {
        const char *firm = okrug_text_at(okrug_table_column(accounts, "firm"), row);
        int32_t word = okrug_words_find(of->firm->words, firm, strlen(firm));
        const char *at = period == NULL ? NULL : okrug_text_at(period, row);
        if (period != NULL && (at == NULL || strcmp(at, of->period) != 0)) {
            continue;
        }
        found++;
        double staff = okrug_table_number(accounts, "employees", row);
        if (word >= 0) {
            of->revenue[row_of[word]] = okrug_table_number(accounts, "revenue", row);
            of->staff[row_of[word]] = isnan(staff) ? of->staff[row_of[word]] : staff;
        }
    }
    return found > 0 || of->asked->period == NULL
               ? OKRUG_OK
               : okrug_fail(ctx, OKRUG_BAD_INPUT, "no-accounts-of-period", &(okrug_place){.file = accounts->file},
                            "period", of->asked->period, (char *)NULL);
}

/* ---- Districts ---- */

/* Marks the words that begin with one of the codes in `list`; a fault for a code that no row that counts has. */
static okrug_status mark_words(okrug_ctx *ctx, const okrug_districts *of, const okrug_district *d, const char *list,
                               bool regions, bool **marks) {
    const okrug_column *column = regions ? of->region : of->industry;
    const bool *counts = regions ? of->region_counts : of->industry_counts;
    okrug_place place = {.file = of->asked->districts == NULL ? NULL : of->asked->districts->file, .line = d->line};
    okrug_status status = OKRUG_OK;
    int64_t codes = 0;
    *marks = OKRUG_SCRATCH_ZERO(ctx, okrug_words_count(column->words) + 1, bool);
    if (*marks == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (const char *at = list == NULL ? "" : list; *at != '\0'; codes++) {
        at += strspn(at, " ");
        size_t length = strcspn(at, " ");
        if (length == 0) {
            break;
        }
        bool found = false;
        for (int32_t w = 0; w < okrug_words_count(column->words); w++) {
            bool begins = strncmp(okrug_words_text(column->words, w), at, length) == 0 && counts[w];
            (*marks)[w] = (*marks)[w] || begins;
            found = found || begins;
        }
        if (!found) {
            status =
                okrug_fail(ctx, OKRUG_BAD_INPUT, regions ? "region-without-firms" : "activity-without-firms", &place,
                           "code", okrug_text(ctx, "%.*s", (int)length, at), "district", d->code, (char *)NULL);
        }
        at += length;
    }
    return codes > 0 ? status
                     : okrug_fail(ctx, OKRUG_BAD_INPUT, "district-without-codes", &place, "district", d->code, "column",
                                  regions ? "regions" : "activities", (char *)NULL);
}

static okrug_status find_members(okrug_ctx *ctx, const okrug_districts *of, okrug_district *d) {
    d->firms_of = OKRUG_SCRATCH_ZERO(ctx, of->activities + 1, int64_t);
    d->staff_of = OKRUG_SCRATCH_ZERO(ctx, of->activities + 1, okrug_sum);
    d->shares_of = OKRUG_SCRATCH_ZERO(ctx, of->activities + 1, double);
    if (d->firms_of == NULL || d->staff_of == NULL || d->shares_of == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int pass = 0; pass < 2; pass++) {
        for (int64_t row = 0; row < of->asked->firms->rows; row++) {
            if (!of->counts[row] || !d->in_region[of->region->word[row]] || !d->wanted[of->industry->word[row]]) {
                continue;
            }
            if (pass == 1) {
                d->member[d->members] = (int32_t)row;
            }
            d->members++;
        }
        if (pass == 0) {
            d->member = OKRUG_SCRATCH(ctx, d->members + 1, int32_t);
            d->members = 0;
        }
        if (d->member == NULL) {
            return OKRUG_NO_MEMORY;
        }
    }
    for (int64_t row = 0; row < of->asked->firms->rows; row++) {
        d->in_regions += of->counts[row] && d->in_region[of->region->word[row]] ? 1.0 : 0.0;
    }
    for (int64_t k = 0; k < d->members; k++) {
        int32_t activity = of->activity_of[of->industry->word[d->member[k]]];
        double employees = okrug_number_at(of->employees, d->member[k]);
        d->firms_of[activity]++;
        if (!isnan(employees)) {
            okrug_sum_add(&d->staff_of[activity], employees);
        }
    }
    for (int64_t a = 0; a < of->activities; a++) {
        d->shares_of[a] = okrug_sum_value(&d->staff_of[a]);
    }
    return OKRUG_OK;
}

/* Rows of the table, or a district for each of --regions, all of the same activities. */
static okrug_status name_districts(okrug_ctx *ctx, okrug_districts *of) {
    const okrug_districts_asked *asked = of->asked;
    const okrug_table *table = asked->districts;
    bool options = asked->regions.count > 0 || asked->activities.count > 0;
    if (table == NULL ? asked->regions.count == 0 || asked->activities.count == 0 : options) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "districts-or-regions", NULL, (char *)NULL);
    }
    of->count = table == NULL ? asked->regions.count : table->rows;
    of->district = OKRUG_SCRATCH_ZERO(ctx, of->count + 1, okrug_district);
    if (of->district == NULL) {
        return OKRUG_NO_MEMORY;
    }
    const char *all = "";
    for (int i = 0; table == NULL && i < asked->activities.count; i++) {
        all = okrug_text(ctx, "%s%s%s", all, i == 0 ? "" : " ", asked->activities.text[i]);
    }
    for (int64_t k = 0; k < of->count; k++) {
        okrug_district *d = &of->district[k];
        d->code = table == NULL ? asked->regions.text[k] : okrug_table_text(table, "district", k);
        d->title = table == NULL ? NULL : okrug_table_text(table, "title", k);
        d->regions = table == NULL ? d->code : okrug_table_text(table, "regions", k);
        d->activities = table == NULL ? all : okrug_table_text(table, "activities", k);
        d->line = table == NULL || table->line == NULL ? 0 : table->line[k];
        for (int64_t j = 0; table == NULL && j < k; j++) {
            if (strcmp(of->district[j].code, d->code) == 0) {
                return okrug_fail(ctx, OKRUG_BAD_USAGE, "district-twice", NULL, "district", d->code, (char *)NULL);
            }
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_districts_read(okrug_ctx *ctx, const okrug_districts_asked *asked, okrug_districts *of) {
    *of = (okrug_districts){.asked = asked,
                            .firm = okrug_table_column(asked->firms, "firm"),
                            .region = okrug_table_column(asked->firms, "region"),
                            .industry = okrug_table_column(asked->firms, "industry"),
                            .employees = okrug_table_column(asked->firms, "employees"),
                            .cut = okrug_words_new()};
    if (of->cut == NULL) {
        return okrug_fail(ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
    }
    OKRUG_TRY(okrug_code_cut_words(ctx, of->industry->words, asked->digits, of->cut, &of->activity_of));
    of->activities = okrug_words_count(of->cut);
    OKRUG_TRY(name_districts(ctx, of));
    OKRUG_TRY(count_rows(ctx, of));
    OKRUG_TRY(sort_rows(ctx, of));
    OKRUG_TRY(read_accounts(ctx, of));
    okrug_status status = OKRUG_OK;
    for (int64_t k = 0; k < of->count; k++) {
        okrug_district *d = &of->district[k];
        okrug_status one = mark_words(ctx, of, d, d->regions, true, &d->in_region);
        okrug_status two = mark_words(ctx, of, d, d->activities, false, &d->wanted);
        status = one != OKRUG_OK ? one : two != OKRUG_OK ? two : status;
    }
    for (int64_t k = 0; status == OKRUG_OK && k < of->count; k++) {
        status = find_members(ctx, of, &of->district[k]);
    }
    return status;
}

void okrug_districts_free(okrug_districts *of) {
    okrug_words_free(of->cut);
    of->cut = NULL;
}
