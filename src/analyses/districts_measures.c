/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the members of each district are and have: numbers, sizes, quotients, concentration, machines, vacancies.
 */
#include <math.h>
#include <string.h>

#include <okrug/concentration.h>

#include "analyses/districts_case.h"

static void put(okrug_district *d, okrug_district_indicator which, double value, okrug_reason none) {
    d->value[which] = value;
    d->none[which] = none;
}

static double share(double part, double whole) {
    return whole > 0.0 ? part / whole : (double)NAN;
}

static okrug_reason reason_at(const okrug_column *column, int64_t row) {
    return column == NULL ? OKRUG_NOT_COLLECTED : okrug_reason_at(column, row);
}

/* ---- Firms and their sizes ---- */

static void measure_people(const okrug_districts *of, okrug_district *d) {
    okrug_sum employment = {0};
    int64_t unknown = 0, withheld = 0;
    for (int64_t k = 0; k < d->members; k++) {
        okrug_reason reason = reason_at(of->employees, d->member[k]);
        unknown += reason != OKRUG_PRESENT;
        withheld += reason == OKRUG_SUPPRESSED || reason == OKRUG_ZERO_OR_SUPPRESSED;
        if (reason == OKRUG_PRESENT) {
            okrug_sum_add(&employment, of->employees->number[d->member[k]]);
        }
    }
    double sum = okrug_sum_value(&employment), known = (double)(d->members - unknown);
    put(d, OKRUG_DISTRICT_FIRMS, (double)d->members, OKRUG_UNDEFINED);
    put(d, OKRUG_DISTRICT_EMPLOYMENT, d->members > 0 && known == 0.0 ? (double)NAN : sum, OKRUG_NOT_COLLECTED);
    put(d, OKRUG_DISTRICT_EMPLOYMENT_UNKNOWN, (double)unknown, OKRUG_UNDEFINED);
    put(d, OKRUG_DISTRICT_EMPLOYMENT_WITHHELD, (double)withheld, OKRUG_UNDEFINED);
    put(d, OKRUG_DISTRICT_MEAN_SIZE, share(sum, known), d->members > 0 ? OKRUG_NOT_COLLECTED : OKRUG_ZERO_TOTAL);
}

static void measure_sizes(const okrug_districts *of, okrug_district *d) {
    static const char *const words[] = {"micro", "small", "medium", "large"};
    enum { KINDS = 4, LARGE = 3 };
    const okrug_column *category = okrug_table_column(of->asked->firms, "category");
    double count[KINDS] = {0.0}, known = 0.0, members = (double)d->members;
    for (int64_t k = 0; category != NULL && k < d->members; k++) {
        const char *word = okrug_text_at(category, d->member[k]);
        for (int c = 0; word != NULL && c < KINDS; c++) {
            count[c] += strcmp(word, words[c]) == 0 ? 1.0 : 0.0;
        }
    }
    for (int c = 0; c < KINDS; c++) {
        put(d, (okrug_district_indicator)(OKRUG_DISTRICT_MICRO + c), count[c], OKRUG_UNDEFINED);
        known += count[c];
    }
    put(d, OKRUG_DISTRICT_CATEGORY_UNKNOWN, members - known, OKRUG_UNDEFINED);
    put(d, OKRUG_DISTRICT_SME_SHARE, share(known - count[LARGE], known),
        d->members > 0 ? OKRUG_NOT_COLLECTED : OKRUG_ZERO_TOTAL);
    put(d, OKRUG_DISTRICT_SME_LEAST, share(known - count[LARGE], members), OKRUG_ZERO_TOTAL);
    put(d, OKRUG_DISTRICT_SME_MOST, share(members - count[LARGE], members), OKRUG_ZERO_TOTAL);
}

/* ---- Money ---- */

static void measure_money(const okrug_districts *of, okrug_district *d) {
    bool told = of->asked->accounts != NULL;
    okrug_sum all = {0}, both = {0}, staff = {0};
    int64_t known = 0, paired = 0;
    for (int64_t k = 0; k < d->members; k++) {
        double revenue = of->revenue[d->member[k]], employees = of->staff[d->member[k]];
        if (isnan(revenue)) {
            continue;
        }
        known++;
        okrug_sum_add(&all, revenue);
        if (!isnan(employees)) {
            paired++;
            okrug_sum_add(&both, revenue);
            okrug_sum_add(&staff, employees);
        }
    }
    okrug_reason none = told ? OKRUG_NOT_COLLECTED : OKRUG_NO_ROW;
    put(d, OKRUG_DISTRICT_REVENUE, !told || (known == 0 && d->members > 0) ? (double)NAN : okrug_sum_value(&all), none);
    put(d, OKRUG_DISTRICT_REVENUE_UNKNOWN, told ? (double)(d->members - known) : (double)NAN, none);
    put(d, OKRUG_DISTRICT_PRODUCTIVITY, share(okrug_sum_value(&both), okrug_sum_value(&staff)),
        told && paired > 0 ? OKRUG_ZERO_TOTAL : none);
    put(d, OKRUG_DISTRICT_PRODUCTIVITY_COVER, told ? share((double)paired, (double)d->members) : (double)NAN,
        told ? OKRUG_ZERO_TOTAL : none);
}

/* ---- Beside the whole register ---- */

typedef struct {
    double firms_activity;
    okrug_sum staff_region, staff_activity;
} base_of;

static void measure_quotients(const okrug_districts *of, okrug_district *d) {
    base_of base = {0};
    for (int64_t row = 0; row < of->asked->firms->rows; row++) {
        if (!of->counts[row]) {
            continue;
        }
        double employees = okrug_number_at(of->employees, row);
        bool here = d->in_region[of->region->word[row]], same = d->wanted[of->industry->word[row]];
        base.firms_activity += same ? 1.0 : 0.0;
        if (here && !isnan(employees)) {
            okrug_sum_add(&base.staff_region, employees);
        }
        if (same && !isnan(employees)) {
            okrug_sum_add(&base.staff_activity, employees);
        }
    }
    double staff = d->value[OKRUG_DISTRICT_EMPLOYMENT];
    bool known = !isnan(staff);
    put(d, OKRUG_DISTRICT_LQ_FIRMS,
        okrug_location_quotient((double)d->members, d->in_regions, base.firms_activity / (double)of->counted),
        OKRUG_ZERO_TOTAL);
    put(d, OKRUG_DISTRICT_LQ_EMPLOYMENT,
        of->employment > 0.0 ? okrug_location_quotient(staff, okrug_sum_value(&base.staff_region),
                                                       okrug_sum_value(&base.staff_activity) / of->employment)
                             : (double)NAN,
        known ? OKRUG_ZERO_TOTAL : OKRUG_NOT_COLLECTED);
}

/* Over all municipalities of the regions that have employment: one in which the district has nothing is one of them. */
static okrug_status measure_places(okrug_ctx *ctx, const okrug_districts *of, okrug_district *d) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    int32_t words = okrug_words_count(of->region->words);
    okrug_sum *own = OKRUG_SCRATCH_ZERO(ctx, words + 1, okrug_sum);
    okrug_sum *all = OKRUG_SCRATCH_ZERO(ctx, words + 1, okrug_sum);
    double *x = OKRUG_SCRATCH(ctx, words + 1, double), *p = OKRUG_SCRATCH(ctx, words + 1, double);
    bool *has = OKRUG_SCRATCH_ZERO(ctx, words + 1, bool);
    if (own == NULL || all == NULL || x == NULL || p == NULL || has == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t row = 0; row < of->asked->firms->rows; row++) {
        double employees = okrug_number_at(of->employees, row);
        if (of->counts[row] && d->in_region[of->region->word[row]] && !isnan(employees)) {
            okrug_sum_add(&all[of->region->word[row]], employees);
        }
    }
    for (int64_t k = 0; k < d->members; k++) {
        double employees = okrug_number_at(of->employees, d->member[k]);
        has[of->region->word[d->member[k]]] = true;
        if (!isnan(employees)) {
            okrug_sum_add(&own[of->region->word[d->member[k]]], employees);
        }
    }
    int64_t places = 0, municipalities = 0;
    for (int32_t w = 0; w < words; w++) {
        municipalities += has[w];
        if (d->in_region[w]) {
            x[places] = okrug_sum_value(&own[w]);
            p[places++] = okrug_sum_value(&all[w]);
        }
    }
    double gini = (double)NAN;
    okrug_status status = OKRUG_OK;
    if (places > 1) {
        status = okrug_locational_gini(ctx, places, x, p, &gini);
    }
    okrug_reason none = isnan(d->value[OKRUG_DISTRICT_EMPLOYMENT]) ? OKRUG_NOT_COLLECTED : OKRUG_ZERO_TOTAL;
    put(d, OKRUG_DISTRICT_MUNICIPALITIES, (double)municipalities, OKRUG_UNDEFINED);
    put(d, OKRUG_DISTRICT_GINI, gini, places > 1 ? none : OKRUG_BELOW_GRAIN);
    put(d, OKRUG_DISTRICT_HERFINDAHL, okrug_herfindahl(places, x), none);
    put(d, OKRUG_DISTRICT_ACTIVITY_HERFINDAHL, okrug_herfindahl(of->activities, d->shares_of), none);
    okrug_scratch_reset(ctx, mark);
    return status;
}

static void measure_activities(const okrug_districts *of, okrug_district *d, const int32_t *at_address) {
    const okrug_column *precision = okrug_table_column(of->asked->firms, "precision");
    const okrug_column *address = okrug_table_column(of->asked->firms, "address");
    double activities = 0.0, plants = 0.0, shared = 0.0;
    for (int64_t a = 0; a < of->activities; a++) {
        activities += d->firms_of[a] > 0 ? 1.0 : 0.0;
    }
    for (int64_t k = 0; k < d->members; k++) {
        const char *word = precision == NULL ? NULL : okrug_text_at(precision, d->member[k]);
        int32_t where = address == NULL ? -1 : address->word[d->member[k]];
        plants += word != NULL && strcmp(word, "plant") == 0 ? 1.0 : 0.0;
        shared += where >= 0 && at_address[where] > 1 ? 1.0 : 0.0;
    }
    put(d, OKRUG_DISTRICT_ACTIVITY_COUNT, activities, OKRUG_UNDEFINED);
    put(d, OKRUG_DISTRICT_PLANTS, precision == NULL ? (double)NAN : plants, OKRUG_NO_ROW);
    put(d, OKRUG_DISTRICT_SHARED_ADDRESS, address == NULL ? (double)NAN : shared, OKRUG_NO_ROW);
}

/* ---- Machines and people, by rows that name a firm ---- */

/* Marks members: their number from 1 on by word of the column `firm` of another table; 0: none. */
static okrug_status mark_members(okrug_ctx *ctx, const okrug_districts *of, const okrug_district *d,
                                 const okrug_table *table, int32_t **number) {
    const okrug_words *named = okrug_table_column(table, "firm")->words;
    *number = OKRUG_SCRATCH_ZERO(ctx, okrug_words_count(named) + 1, int32_t);
    if (*number == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t k = 0; k < d->members; k++) {
        const char *code = okrug_text_at(of->firm, d->member[k]);
        int32_t word = okrug_words_find(named, code, strlen(code));
        if (word >= 0) {
            (*number)[word] = (int32_t)k + 1;
        }
    }
    return OKRUG_OK;
}

static okrug_status measure_machines(okrug_ctx *ctx, const okrug_districts *of, okrug_district *d) {
    const okrug_table *table = of->asked->equipment;
    double machines = 0.0, unknown = 0.0, common = 0.0;
    okrug_sum idle = {0}, both = {0}, hours = {0};
    int32_t *number = NULL, *first = NULL;
    int64_t rows = 0, told = 0;
    if (table != NULL) {
        const okrug_column *operation = okrug_table_column(table, "operation");
        OKRUG_TRY(mark_members(ctx, of, d, table, &number));
        first = OKRUG_SCRATCH_ZERO(ctx, (operation == NULL ? 0 : okrug_words_count(operation->words)) + 1, int32_t);
        if (first == NULL) {
            return OKRUG_NO_MEMORY;
        }
        for (int64_t row = 0; row < table->rows; row++) {
            int32_t word = okrug_table_column(table, "firm")->word[row], member = word < 0 ? 0 : number[word];
            double able = okrug_table_number(table, "hours", row);
            double free = okrug_table_number(table, "idle_hours", row);
            double count = okrug_table_number(table, "count", row);
            int32_t does = operation == NULL ? -1 : operation->word[row];
            if (member == 0) {
                continue;
            }
            rows++;
            machines += isnan(count) ? 1.0 : count;
            unknown += isnan(able) || isnan(free) ? 1.0 : 0.0;
            if (!isnan(free)) {
                told++;
                okrug_sum_add(&idle, free);
            }
            if (!isnan(able) && !isnan(free)) {
                okrug_sum_add(&hours, able);
                okrug_sum_add(&both, free);
            }
            if (does >= 0 && first[does] == 0) {
                first[does] = member;
            } else if (does >= 0 && first[does] > 0 && first[does] != member) {
                first[does] = -1; /* counted */
                common += 1.0;
            }
        }
    }
    okrug_reason none = table == NULL ? OKRUG_NO_ROW : OKRUG_NOT_COLLECTED;
    bool there = rows > 0;
    put(d, OKRUG_DISTRICT_MACHINES, there ? machines : (double)NAN, none);
    put(d, OKRUG_DISTRICT_IDLE_HOURS, told > 0 ? okrug_sum_value(&idle) : (double)NAN, none);
    put(d, OKRUG_DISTRICT_IDLE_SHARE, share(okrug_sum_value(&both), okrug_sum_value(&hours)), none);
    put(d, OKRUG_DISTRICT_IDLE_UNKNOWN, there ? unknown : (double)NAN, none);
    put(d, OKRUG_DISTRICT_OPERATIONS_COMMON, there ? common : (double)NAN, none);
    return OKRUG_OK;
}

static okrug_status measure_vacancies(okrug_ctx *ctx, const okrug_districts *of, okrug_district *d) {
    const okrug_table *table = of->asked->staff;
    okrug_sum open = {0}, places = {0};
    int32_t *number = NULL;
    if (table != NULL) {
        OKRUG_TRY(mark_members(ctx, of, d, table, &number));
        for (int64_t row = 0; row < table->rows; row++) {
            int32_t word = okrug_table_column(table, "firm")->word[row];
            double people = okrug_table_number(table, "people", row);
            double vacancies = okrug_table_number(table, "vacancies", row);
            if (word >= 0 && number[word] > 0 && !isnan(people) && !isnan(vacancies)) {
                okrug_sum_add(&open, vacancies);
                okrug_sum_add(&places, people + vacancies);
            }
        }
    }
    put(d, OKRUG_DISTRICT_VACANCIES, share(okrug_sum_value(&open), okrug_sum_value(&places)),
        table == NULL ? OKRUG_NO_ROW : OKRUG_NOT_COLLECTED);
    return OKRUG_OK;
}

okrug_status okrug_districts_measure(okrug_ctx *ctx, okrug_districts *of) {
    const okrug_column *address = okrug_table_column(of->asked->firms, "address");
    int32_t *at_address =
        OKRUG_SCRATCH_ZERO(ctx, (address == NULL ? 0 : okrug_words_count(address->words)) + 1, int32_t);
    if (at_address == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t row = 0; address != NULL && row < of->asked->firms->rows; row++) {
        if (address->word[row] >= 0) {
            at_address[address->word[row]]++;
        }
    }
    for (int64_t k = 0; k < of->count; k++) {
        okrug_district *d = &of->district[k];
        okrug_mark mark = okrug_scratch_mark(ctx);
        OKRUG_TRY(okrug_check_cancel(ctx));
        measure_people(of, d);
        measure_sizes(of, d);
        measure_money(of, d);
        measure_quotients(of, d);
        measure_activities(of, d, at_address);
        OKRUG_TRY(measure_places(ctx, of, d));
        OKRUG_TRY(measure_machines(ctx, of, d));
        OKRUG_TRY(measure_vacancies(ctx, of, d));
        okrug_scratch_reset(ctx, mark);
    }
    return OKRUG_OK;
}
