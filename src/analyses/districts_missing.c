/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Activities that another district has and this one has not, with who sells what they make.
 */
#include <math.h>
#include <string.h>

#include "analyses/districts_case.h"
#include "analyses/result.h"

enum {
    M_DISTRICT,
    M_ACTIVITY,
    M_PEERS,
    M_PEER,
    M_PEER_SHARE,
    M_OWN,
    M_BOUGHT,
    M_HERE,
    M_ELSEWHERE,
    M_WAY,
    M_SELLER,
    M_SELLER_NAME,
    M_SELLER_REGION
};
const okrug_output_column okrug_districts_missing_columns[OKRUG_DISTRICTS_MISSING_COLUMNS] = {
    [M_DISTRICT] = OKRUG_DISTRICTS_TEXT("district"),
    [M_ACTIVITY] = OKRUG_DISTRICTS_TEXT("activity"),
    [M_PEERS] = OKRUG_DISTRICTS_NUMBER("peers", COUNT, "districts that have the activity"),
    [M_PEER] = OKRUG_DISTRICTS_TEXT("peer"),
    [M_PEER_SHARE] = OKRUG_DISTRICTS_NUMBER("peer_share", SHARE, "its share of the firms of the peer with the largest"),
    [M_OWN] = OKRUG_DISTRICTS_TEXT("own"),
    [M_BOUGHT] = OKRUG_DISTRICTS_NUMBER("bought", RUB, "what members buy of such products outside"),
    [M_HERE] = OKRUG_DISTRICTS_NUMBER("here", COUNT, "firms of the activity in the regions: they are no members"),
    [M_ELSEWHERE] = OKRUG_DISTRICTS_NUMBER("elsewhere", COUNT, "firms of the activity in the rest of the register"),
    [M_WAY] = OKRUG_DISTRICTS_TEXT("way"),
    [M_SELLER] = OKRUG_DISTRICTS_TEXT("seller"),
    [M_SELLER_NAME] = OKRUG_DISTRICTS_TEXT("seller_name"),
    [M_SELLER_REGION] = OKRUG_DISTRICTS_TEXT("seller_region"),
};

/* Who sells it: one that members buy from already, else one in the regions, else one elsewhere; of these the one that
 * sells them most, then the largest by revenue, by employees. */
typedef struct {
    int64_t row;
    const char *code;
    int way; /* 0: nobody */
    double sold, revenue, staff;
} seller;

enum { NOBODY, ELSEWHERE, HERE, SUPPLIES };
static const char *const ways[] = {"nobody", "elsewhere", "here", "supplies"};

static double known(double value) {
    return isnan(value) ? -1.0 : value;
}

static bool is_better(const seller *a, const seller *b) {
    return a->way != b->way           ? a->way > b->way
           : a->sold != b->sold       ? a->sold > b->sold
           : a->revenue != b->revenue ? a->revenue > b->revenue
           : a->staff != b->staff     ? a->staff > b->staff
                                      : strcmp(a->code, b->code) < 0;
}

static seller find_seller(const okrug_districts *of, const okrug_district *d, const okrug_district_trade *trade,
                          int32_t activity, int64_t *here, int64_t *elsewhere) {
    seller best = {.row = -1, .code = ""};
    *here = *elsewhere = 0;
    for (int64_t i = of->activity_ptr[activity]; i < of->activity_ptr[activity + 1]; i++) {
        int64_t row = of->activity_row[i];
        bool in = d->in_region[of->region->word[row]];
        double sold = trade->sold == NULL ? 0.0 : trade->sold[row];
        const seller one = {row,  okrug_text_at(of->firm, row), sold > 0.0 ? SUPPLIES : in ? HERE : ELSEWHERE,
                            sold, known(of->revenue[row]),      known(of->staff[row])};
        *here += in;
        *elsewhere += !in;
        best = is_better(&one, &best) ? one : best;
    }
    return best;
}

static double bought_of(const okrug_district_trade *trade, int32_t activity) {
    for (int64_t i = 0; i < trade->count; i++) {
        if (trade->purchase[i].product == activity) {
            return trade->purchase[i].amount;
        }
    }
    return 0.0;
}

/* Whether a code of the activity is among those that the district was asked for. */
static bool is_wanted(const okrug_districts *of, const okrug_district *d, int32_t activity) {
    for (int32_t w = 0; w < okrug_words_count(of->industry->words); w++) {
        if (of->activity_of[w] == activity && d->wanted[w]) {
            return true;
        }
    }
    return false;
}

static okrug_status write_link(const okrug_districts *of, int64_t k, const okrug_district_trade *trade, int32_t a,
                               okrug_table *table) {
    const okrug_district *d = &of->district[k], *peer = NULL;
    double most = -1.0;
    int64_t row = 0, here = 0, elsewhere = 0;
    for (int64_t j = 0; j < of->count; j++) {
        const okrug_district *other = &of->district[j];
        double share = other->members > 0 ? (double)other->firms_of[a] / (double)other->members : 0.0;
        if (j != k && share > fmax(most, 0.0)) {
            most = share;
            peer = other;
        }
    }
    seller best = find_seller(of, d, trade, a, &here, &elsewhere);
    const okrug_column *name = okrug_table_column(of->asked->firms, "name");
    bool somebody = best.row >= 0;
    OKRUG_TRY(okrug_districts_add_row(table, &row));
    OKRUG_TRY(okrug_result_text(table, M_DISTRICT, row, d->code));
    OKRUG_TRY(okrug_result_text(table, M_ACTIVITY, row, okrug_words_text(of->cut, a)));
    OKRUG_TRY(okrug_set_number(table, M_PEERS, row, (double)okrug_districts_others(of, k, a)));
    OKRUG_TRY(okrug_result_text(table, M_PEER, row, peer == NULL ? NULL : peer->code));
    OKRUG_TRY(okrug_set_number(table, M_PEER_SHARE, row, most));
    OKRUG_TRY(okrug_result_text(table, M_OWN, row, is_wanted(of, d, a) ? "yes" : "no"));
    OKRUG_TRY(okrug_set_number_or(table, M_BOUGHT, row, trade->sold == NULL ? (double)NAN : bought_of(trade, a),
                                  OKRUG_NO_ROW));
    OKRUG_TRY(okrug_set_number(table, M_HERE, row, (double)here));
    OKRUG_TRY(okrug_set_number(table, M_ELSEWHERE, row, (double)elsewhere));
    OKRUG_TRY(okrug_result_text(table, M_WAY, row, ways[best.way]));
    OKRUG_TRY(okrug_result_text(table, M_SELLER, row, somebody ? okrug_text_at(of->firm, best.row) : NULL));
    OKRUG_TRY(
        okrug_result_text(table, M_SELLER_NAME, row, somebody && name != NULL ? okrug_text_at(name, best.row) : NULL));
    return okrug_result_text(table, M_SELLER_REGION, row, somebody ? okrug_text_at(of->region, best.row) : NULL);
}

okrug_status okrug_districts_write_missing(okrug_ctx *ctx, okrug_districts *of, const okrug_district_trade *trade,
                                           okrug_table *table) {
    okrug_district_place *place = OKRUG_SCRATCH(ctx, of->activities + 1, okrug_district_place);
    if (place == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t k = 0; k < of->count; k++) {
        okrug_district *d = &of->district[k];
        int64_t count = 0;
        OKRUG_TRY(okrug_check_cancel(ctx));
        for (int32_t a = 0; a < of->activities; a++) {
            if (d->firms_of[a] == 0 && okrug_districts_others(of, k, a) > 0) {
                place[count++] = (okrug_district_place){a, is_wanted(of, d, a), bought_of(&trade[k], a),
                                                        okrug_words_text(of->cut, a)};
            }
        }
        okrug_districts_sort(place, count);
        for (int64_t i = 0; i < count; i++) {
            OKRUG_TRY(write_link(of, k, &trade[k], place[i].activity, table));
        }
        d->value[OKRUG_DISTRICT_MISSING_LINKS] = (double)count;
    }
    return OKRUG_OK;
}
