/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a measure limits: the amount, the rate and the years, and whether what can be had is enough for it.
 */
#include "analyses/support_judge.h"

#include <math.h>
#include <string.h>

#include "analyses/result.h"

static okrug_status add_limit(const okrug_judge *j, const okrug_term *t) {
    okrug_table *table = j->t->limits;
    int64_t row = okrug_table_add_row(table, 0);
    if (row < 0) {
        return OKRUG_NO_MEMORY;
    }
    const char *const text[] = {okrug_cell_text(j->c->projects, "project", j->offer->project),
                                okrug_cell_text(j->t->measures, "measure", j->offer->measure),
                                t->id,
                                t->target,
                                t->relation,
                                NULL,
                                t->each[0] == '\0' ? "project" : t->each,
                                t->clause,
                                okrug_confidence_codes[t->confidence],
                                t->missing,
                                t->clause_ru};
    for (int column = 0; column < OKRUG_COUNT_OF(text); column++) {
        OKRUG_TRY(column == 5 ? okrug_set_number_or(table, column, row, t->limit, OKRUG_NO_ROW)
                              : okrug_result_text(table, column, row, text[column]));
    }
    return OKRUG_OK;
}

static void bound_amount(const okrug_judge *j, const okrug_term *t) {
    okrug_offer *o = j->offer;
    bool least = strcmp(t->relation, "at-least") == 0;
    if (!isnan(t->coefficient)) { /* depends on what else is taken: only the most of it bounds here */
        o->cover_least = least ? t->coefficient : o->cover_least;
        o->cover_most = least ? o->cover_most : t->coefficient;
        o->most = least ? o->most : fmin(o->most, t->limit);
    } else if (least) {
        o->least = fmax(o->least, t->limit);
    } else {
        o->most = fmin(o->most, t->limit);
    }
}

/* What is better than another for who asks: a lower rate. */
okrug_status okrug_support_judge_limit(const okrug_judge *j, const okrug_term *t, okrug_confidence *of_rate) {
    okrug_offer *o = j->offer;
    OKRUG_TRY(add_limit(j, t));
    bool rate = strcmp(t->target, "rate") == 0;
    if (rate && t->applies == OKRUG_NOT_ENOUGH_EVIDENCE) {
        return OKRUG_OK;
    }
    if (t->missing != NULL) {
        okrug_support_lack(j, t->missing);
    } else if (rate) {
        if (isnan(o->rate) || t->limit < o->rate) {
            o->rate = t->limit;
            *of_rate = t->confidence;
        }
        return OKRUG_OK;
    } else if (strcmp(t->target, "amount") == 0) {
        bound_amount(j, t);
    } else if (strcmp(t->relation, "at-least") == 0) {
        o->term_least = fmax(o->term_least, t->limit);
    } else {
        o->term = isnan(o->term) ? t->limit : fmin(o->term, t->limit);
    }
    okrug_support_rely(j, t->confidence);
    return OKRUG_OK;
}

void okrug_support_note_floor(const okrug_judge *j, const okrug_term *t, okrug_floors *of) {
    const okrug_offer *o = j->offer;
    bool amount = strcmp(t->target, "amount") == 0, least = strcmp(t->relation, "at-least") == 0;
    if ((!amount && strcmp(t->target, "term") != 0) || t->missing != NULL || !isnan(t->coefficient)) {
        return;
    }
    double own = amount ? (least ? o->least : o->most) : (least ? o->term_least : o->term);
    okrug_term *kept = amount ? &of->amount : &of->term;
    if (t->limit == own && (least || own < 0.0)) {
        *kept = *t;
        kept->relation = least ? t->relation : "above"; /* 0, which it does not reach */
    }
}

/* What can be had is below what the measure asks for: a condition that is not met, as others are. */
okrug_status okrug_support_judge_floor(const okrug_judge *j, const okrug_term *t, double value, double required) {
    const okrug_criterion k = {.criterion = t->id,
                               .target = t->target,
                               .relation = t->relation,
                               .clause = t->clause,
                               .clause_ru = t->clause_ru,
                               .evidence = "",
                               .verdict = OKRUG_NOT_MET,
                               .value = value,
                               .required = required,
                               .confidence = t->confidence};
    return okrug_support_add_criterion(j, &k);
}
