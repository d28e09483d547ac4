/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Districts side by side: indicators with ranks, activities, what one has and another lacks, what is bought outside.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <okrug/concentration.h>
#include <okrug/indicators.h>

#include "analyses/districts_case.h"
#include "analyses/result.h"

okrug_status okrug_districts_add_row(okrug_table *table, int64_t *row) {
    *row = okrug_table_add_row(table, 0);
    return *row < 0 ? OKRUG_NO_MEMORY : OKRUG_OK;
}

/* ---- Indicators ---- */

enum { I_DISTRICT, I_INDICATOR, I_UNIT, I_VALUE, I_RANK, I_OF, I_MEAN, I_FROM_MEAN, I_LEADER, I_FROM_LEADER };
const okrug_output_column okrug_districts_indicator_columns[OKRUG_DISTRICTS_INDICATOR_COLUMNS] = {
    [I_DISTRICT] = OKRUG_DISTRICTS_TEXT("district"),
    [I_INDICATOR] = OKRUG_DISTRICTS_TEXT("indicator"),
    [I_UNIT] = OKRUG_DISTRICTS_TEXT("unit"),
    [I_VALUE] = OKRUG_DISTRICTS_NUMBER("value", NONE, "that of the table of districts"),
    [I_RANK] = OKRUG_DISTRICTS_NUMBER("rank", RANK, "1: the largest; equal ones share the middle of their places"),
    [I_OF] = OKRUG_DISTRICTS_NUMBER("of", COUNT, "districts with a value"),
    [I_MEAN] = OKRUG_DISTRICTS_NUMBER("mean", NONE, "of these districts, each of the same weight"),
    [I_FROM_MEAN] = OKRUG_DISTRICTS_NUMBER("from_mean", NONE, "value - mean"),
    [I_LEADER] = OKRUG_DISTRICTS_TEXT("leader"),
    [I_FROM_LEADER] = OKRUG_DISTRICTS_NUMBER("from_leader", NONE, "value - value of the leader"),
};

static const struct {
    const char *name;
    okrug_unit unit;
    bool compared;
} indicators[] = {
#define OKRUG_X(name, code, unit, compared, formula) {code, OKRUG_UNIT_##unit, compared},
    OKRUG_DISTRICT_INDICATORS(OKRUG_X)
#undef OKRUG_X
};

typedef struct {
    double *value, *rank; /* of those that have a value, in the order of districts */
    int64_t known;
    double mean;
    const okrug_district *leader; /* the first of the largest; NULL: nobody has a value */
} standing;

static okrug_status rank(okrug_ctx *ctx, const okrug_districts *of, int which, standing *s) {
    okrug_sum sum = {0};
    s->known = 0;
    s->leader = NULL;
    for (int64_t k = 0; k < of->count; k++) {
        const okrug_district *d = &of->district[k];
        if (isnan(d->value[which])) {
            continue;
        }
        s->leader = s->leader == NULL || d->value[which] > s->leader->value[which] ? d : s->leader;
        s->value[s->known++] = d->value[which];
        okrug_sum_add(&sum, d->value[which]);
    }
    s->mean = s->known > 0 ? okrug_sum_value(&sum) / (double)s->known : (double)NAN;
    return okrug_places(ctx, s->known, s->value, s->rank);
}

static okrug_status write_standing(const okrug_district *d, int which, const standing *s, int64_t *known,
                                   okrug_table *table) {
    double value = d->value[which];
    bool there = !isnan(value);
    int64_t row = 0;
    OKRUG_TRY(okrug_districts_add_row(table, &row));
    OKRUG_TRY(okrug_result_text(table, I_DISTRICT, row, d->code));
    OKRUG_TRY(okrug_result_text(table, I_INDICATOR, row, indicators[which].name));
    OKRUG_TRY(okrug_result_text(table, I_UNIT, row, okrug_unit_code(indicators[which].unit)));
    OKRUG_TRY(okrug_set_number_or(table, I_VALUE, row, value, d->none[which]));
    OKRUG_TRY(okrug_set_number_or(table, I_RANK, row, there ? s->rank[*known] : (double)NAN, d->none[which]));
    OKRUG_TRY(okrug_set_number(table, I_OF, row, (double)s->known));
    OKRUG_TRY(okrug_set_number_or(table, I_MEAN, row, s->mean, OKRUG_NO_ROW));
    OKRUG_TRY(okrug_set_number_or(table, I_FROM_MEAN, row, value - s->mean, d->none[which]));
    OKRUG_TRY(okrug_result_text(table, I_LEADER, row, s->leader == NULL ? NULL : s->leader->code));
    double most = s->leader == NULL ? (double)NAN : s->leader->value[which];
    *known += there;
    return okrug_set_number_or(table, I_FROM_LEADER, row, value - most, d->none[which]);
}

okrug_status okrug_districts_write_indicators(okrug_ctx *ctx, const okrug_districts *of, okrug_table *table) {
    standing s = {.value = OKRUG_SCRATCH(ctx, of->count + 1, double),
                  .rank = OKRUG_SCRATCH(ctx, of->count + 1, double)};
    if (s.value == NULL || s.rank == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int which = 0; which < OKRUG_DISTRICT_COUNT; which++) {
        int64_t known = 0;
        if (!indicators[which].compared) {
            continue;
        }
        OKRUG_TRY(rank(ctx, of, which, &s));
        for (int64_t k = 0; k < of->count; k++) {
            OKRUG_TRY(write_standing(&of->district[k], which, &s, &known, table));
        }
    }
    return OKRUG_OK;
}

/* ---- Activities ---- */

enum { A_DISTRICT, A_ACTIVITY, A_FIRMS, A_EMPLOYMENT, A_SHARE_FIRMS, A_SHARE_EMPLOYMENT, A_LQ, A_OTHERS, A_SHARED };
const okrug_output_column okrug_districts_activity_columns[OKRUG_DISTRICTS_ACTIVITY_COLUMNS] = {
    [A_DISTRICT] = OKRUG_DISTRICTS_TEXT("district"),
    [A_ACTIVITY] = OKRUG_DISTRICTS_TEXT("activity"),
    [A_FIRMS] = OKRUG_DISTRICTS_NUMBER("firms", COUNT, "members of that activity"),
    [A_EMPLOYMENT] = OKRUG_DISTRICTS_NUMBER("employment", PERSON, "sum of their employees that are known"),
    [A_SHARE_FIRMS] = OKRUG_DISTRICTS_NUMBER("share_of_firms", SHARE, "firms / members"),
    [A_SHARE_EMPLOYMENT] =
        OKRUG_DISTRICTS_NUMBER("share_of_employment", SHARE, "employment / employment of the district"),
    [A_LQ] = OKRUG_DISTRICTS_NUMBER("lq_firms", RATIO, "(n_Da / n_R) / (n_a / n)"),
    [A_OTHERS] = OKRUG_DISTRICTS_NUMBER("others", COUNT, "other districts that have it"),
    [A_SHARED] = OKRUG_DISTRICTS_TEXT("shared"),
};

int64_t okrug_districts_others(const okrug_districts *of, int64_t k, int64_t activity) {
    int64_t others = 0;
    for (int64_t j = 0; j < of->count; j++) {
        others += j != k && of->district[j].firms_of[activity] > 0;
    }
    return others;
}

static okrug_status write_activity(const okrug_districts *of, int64_t k, int32_t a, okrug_table *table) {
    const okrug_district *d = &of->district[k];
    int64_t row = 0;
    double all = (double)(of->activity_ptr[a + 1] - of->activity_ptr[a]), firms = (double)d->firms_of[a];
    double staff = d->value[OKRUG_DISTRICT_EMPLOYMENT];
    OKRUG_TRY(okrug_districts_add_row(table, &row));
    int64_t others = okrug_districts_others(of, k, a);
    OKRUG_TRY(okrug_result_text(table, A_DISTRICT, row, d->code));
    OKRUG_TRY(okrug_result_text(table, A_ACTIVITY, row, okrug_words_text(of->cut, a)));
    OKRUG_TRY(okrug_set_number(table, A_FIRMS, row, firms));
    OKRUG_TRY(okrug_set_number(table, A_EMPLOYMENT, row, d->shares_of[a]));
    OKRUG_TRY(okrug_set_number(table, A_SHARE_FIRMS, row, firms / (double)d->members));
    OKRUG_TRY(okrug_set_number_or(table, A_SHARE_EMPLOYMENT, row, staff > 0.0 ? d->shares_of[a] / staff : (double)NAN,
                                  isnan(staff) ? OKRUG_NOT_COLLECTED : OKRUG_ZERO_TOTAL));
    OKRUG_TRY(okrug_set_number_or(
        table, A_LQ, row, okrug_location_quotient(firms, d->in_regions, all / (double)of->counted), OKRUG_ZERO_TOTAL));
    OKRUG_TRY(okrug_set_number(table, A_OTHERS, row, (double)others));
    return okrug_result_text(table, A_SHARED, row, others + 1 == of->count ? "all" : others > 0 ? "some" : "none");
}

static int by_place(const void *left, const void *right) {
    const okrug_district_place *a = left, *b = right;
    if (a->first != b->first) {
        return a->first ? -1 : 1;
    }
    return a->size != b->size ? (a->size > b->size ? -1 : 1) : strcmp(a->code, b->code);
}

void okrug_districts_sort(okrug_district_place *place, int64_t count) {
    qsort(place, (size_t)count, sizeof *place, by_place);
}

okrug_status okrug_districts_write_activities(okrug_ctx *ctx, const okrug_districts *of, okrug_table *table) {
    okrug_district_place *place = OKRUG_SCRATCH(ctx, of->activities + 1, okrug_district_place);
    if (place == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t k = 0; k < of->count; k++) {
        int64_t count = 0;
        for (int32_t a = 0; a < of->activities; a++) {
            if (of->district[k].firms_of[a] > 0) {
                place[count++] =
                    (okrug_district_place){a, false, of->district[k].shares_of[a], okrug_words_text(of->cut, a)};
            }
        }
        okrug_districts_sort(place, count);
        for (int64_t i = 0; i < count; i++) {
            OKRUG_TRY(write_activity(of, k, place[i].activity, table));
        }
    }
    return OKRUG_OK;
}

/* ---- Purchases outside ---- */

enum {
    P_DISTRICT,
    P_PRODUCT,
    P_RANK,
    P_AMOUNT,
    P_SHARE,
    P_CONTRACTS,
    P_BUYERS,
    P_SUPPLIERS,
    P_REGION,
    P_PEERS,
    P_FROM
};
const okrug_output_column okrug_districts_purchase_columns[OKRUG_DISTRICTS_PURCHASE_COLUMNS] = {
    [P_DISTRICT] = OKRUG_DISTRICTS_TEXT("district"),
    [P_PRODUCT] = OKRUG_DISTRICTS_TEXT("product"),
    [P_RANK] = OKRUG_DISTRICTS_NUMBER("rank", RANK, "by amount"),
    [P_AMOUNT] = OKRUG_DISTRICTS_NUMBER("amount", RUB, "sum of contracts of members with firms that are none"),
    [P_SHARE] = OKRUG_DISTRICTS_NUMBER("share", SHARE, "amount / all that members buy outside the district"),
    [P_CONTRACTS] = OKRUG_DISTRICTS_NUMBER("contracts", COUNT, NULL),
    [P_BUYERS] = OKRUG_DISTRICTS_NUMBER("buyers", COUNT, "different members"),
    [P_SUPPLIERS] = OKRUG_DISTRICTS_NUMBER("suppliers", COUNT, "different firms, those that the register lacks too"),
    [P_REGION] = OKRUG_DISTRICTS_NUMBER("in_region", SHARE, "amount from firms of the regions / amount"),
    [P_PEERS] = OKRUG_DISTRICTS_NUMBER("from_peers", RUB, "amount from members of other districts"),
    [P_FROM] = OKRUG_DISTRICTS_TEXT("made_by"),
};

/* The first other district that has that activity. */
static const char *made_by(const okrug_districts *of, int64_t k, int32_t product) {
    for (int64_t j = 0; j < of->count && product < of->activities; j++) {
        if (j != k && of->district[j].firms_of[product] > 0) {
            return of->district[j].code;
        }
    }
    return NULL;
}

okrug_status okrug_districts_write_purchases(const okrug_districts *of, const okrug_district_trade *trade, int64_t most,
                                             okrug_table *table) {
    for (int64_t k = 0; k < of->count; k++) {
        for (int64_t i = 0; i < trade[k].count && i < most; i++) {
            const okrug_district_purchase *p = &trade[k].purchase[i];
            int64_t row = 0;
            OKRUG_TRY(okrug_districts_add_row(table, &row));
            OKRUG_TRY(okrug_result_text(table, P_DISTRICT, row, of->district[k].code));
            OKRUG_TRY(okrug_result_text(table, P_PRODUCT, row, okrug_words_text(of->cut, p->product)));
            OKRUG_TRY(okrug_set_number(table, P_RANK, row, (double)i + 1.0));
            OKRUG_TRY(okrug_set_number(table, P_AMOUNT, row, p->amount));
            OKRUG_TRY(okrug_set_number_or(table, P_SHARE, row,
                                          trade[k].amount > 0.0 ? p->amount / trade[k].amount : (double)NAN,
                                          OKRUG_ZERO_TOTAL));
            OKRUG_TRY(okrug_set_number(table, P_CONTRACTS, row, (double)p->contracts));
            OKRUG_TRY(okrug_set_number(table, P_BUYERS, row, (double)p->buyers));
            OKRUG_TRY(okrug_set_number(table, P_SUPPLIERS, row, (double)p->suppliers));
            OKRUG_TRY(okrug_set_number_or(table, P_REGION, row,
                                          p->amount > 0.0 ? p->in_region / p->amount : (double)NAN, OKRUG_ZERO_TOTAL));
            OKRUG_TRY(okrug_set_number(table, P_PEERS, row, p->from_peers));
            OKRUG_TRY(okrug_result_text(table, P_FROM, row, made_by(of, k, p->product)));
        }
    }
    return OKRUG_OK;
}

/* ---- The base ---- */

const okrug_output_column okrug_districts_base_columns[OKRUG_DISTRICTS_BASE_COLUMNS] = {
    OKRUG_DISTRICTS_NUMBER("firms", COUNT, "rows of the register"),
    OKRUG_DISTRICTS_NUMBER("counted", COUNT, "firms that quotients compare with: n"),
    OKRUG_DISTRICTS_NUMBER("without_region", COUNT, "firms without a region"),
    OKRUG_DISTRICTS_NUMBER("without_industry", COUNT, "firms with a region and without an industry"),
    OKRUG_DISTRICTS_NUMBER("out_of_date", COUNT, "firms that were not there on the day"),
    OKRUG_DISTRICTS_NUMBER("employment", PERSON, "sum over counted firms, as far as known: e"),
    OKRUG_DISTRICTS_NUMBER("employment_unknown", COUNT, "counted firms whose employees are not known"),
    OKRUG_DISTRICTS_NUMBER("synthetic", COUNT, "counted firms that are made, not real"),
    OKRUG_DISTRICTS_TEXT("period"),
};

okrug_status okrug_districts_write_base(const okrug_districts *of, okrug_table *table) {
    const double number[] = {
        (double)of->asked->firms->rows, (double)of->counted, (double)of->without_region, (double)of->without_industry,
        (double)of->out_of_date,        of->employment,      (double)of->unknown,        (double)of->made};
    for (int c = 0; c < OKRUG_COUNT_OF(number); c++) {
        OKRUG_TRY(okrug_set_number(table, c, 0, number[c]));
    }
    return okrug_result_text(table, OKRUG_COUNT_OF(number), 0, of->period);
}
