/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The participants of a judged cluster, each with its share of output used by others, and the contracts that make it.
 */
#include "analyses/status_rows.h"

#include <math.h>
#include <string.h>

static const char *const knowns[] = {"no", "yes", "unknown"};

/* What the day's rule asks of each participant's share; NaN: none does, or several may. */
static const okrug_rule *rule_of_shares(const okrug_case *one) {
    for (int64_t c = 0; c < one->set->criteria; c++) {
        const okrug_judgement *j = &one->judgement[c];
        if (j->rule >= 0 && one->set->rule[j->rule].measure == OKRUG_MEASURE_PARTICIPANT_SHARE && !j->uncertain &&
            !isnan(one->set->rule[j->rule].value)) {
            return &one->set->rule[j->rule];
        }
    }
    return NULL;
}

static const char *verdict_of_share(const okrug_case *one, const okrug_rule *rule, int64_t i) {
    uint8_t producing = one->members.producing[i];
    if (rule == NULL || producing == OKRUG_NO) {
        return rule == NULL ? "no-rule" : "exempt";
    }
    okrug_known met = okrug_compared(one->shares.share[i], rule->compare, rule->value);
    if (met == OKRUG_YES) {
        return okrug_verdict_code(OKRUG_MET);
    }
    return okrug_verdict_code(met == OKRUG_NO && producing == OKRUG_YES ? OKRUG_NOT_MET : OKRUG_NOT_ENOUGH_EVIDENCE);
}

static const char *vat_of(const okrug_case *one, int64_t k) {
    const okrug_column *vat = okrug_table_column(one->ev->table[OKRUG_OF_CONTRACTS], "vat");
    const char *text = vat == NULL ? NULL : okrug_text_at(vat, one->members.contract_row[k]);
    return text == NULL ? "not-told" : text;
}

enum {
    P_CLUSTER,
    P_FIRM,
    P_VERDICT,
    P_SHARE,
    P_LO,
    P_HI,
    P_WITHIN_LO,
    P_WITHIN_HI,
    P_OUTPUT,
    P_CONTRACTS,
    P_HAS,
    P_PRODUCING,
    P_PERIOD,
    P_VAT,
    P_REGION,
    P_PRECISION
};

static okrug_status write_participant(const okrug_case *one, const okrug_rule *rule, const char *vat, int64_t i,
                                      okrug_table *table) {
    const okrug_evidence_group *m = &one->members;
    const okrug_column *firm = okrug_table_column(one->ev->table[OKRUG_OF_PARTICIPANTS], "firm");
    const okrug_table *firms = one->ev->table[OKRUG_OF_FIRMS];
    const okrug_column *region = firms == NULL ? NULL : okrug_table_column(firms, "region");
    okrug_span share = one->shares.share[i];
    okrug_reason why = m->producing[i] == OKRUG_NO ? OKRUG_NOT_APPLICABLE : OKRUG_NOT_COLLECTED;
    int64_t row;
    OKRUG_TRY(okrug_status_row(table, &row));
    const char *const text[] = {one->cluster,
                                okrug_words_text(firm->words, m->firm[i]),
                                verdict_of_share(one, rule, i),
                                knowns[one->shares.has_contract[i]],
                                knowns[m->producing[i]],
                                one->ev->time.year,
                                vat,
                                region == NULL || m->region[i] < 0 ? NULL
                                                                   : okrug_words_text(region->words, m->region[i]),
                                one->ev->precision[m->firm[i]]};
    static const int column[] = {P_CLUSTER, P_FIRM, P_VERDICT, P_HAS,      P_PRODUCING,
                                 P_PERIOD,  P_VAT,  P_REGION,  P_PRECISION};
    OKRUG_TRY(okrug_status_texts(table, row, text, column, OKRUG_COUNT_OF(column)));
    OKRUG_TRY(okrug_set_number_or(table, P_SHARE, row, share.lo == share.hi ? share.lo : (double)NAN, why));
    OKRUG_TRY(okrug_set_number_or(table, P_LO, row, share.lo, why));
    OKRUG_TRY(okrug_set_number_or(table, P_HI, row, share.hi, why));
    bool listed = m->group.contracts_known;
    OKRUG_TRY(okrug_set_number_or(table, P_WITHIN_LO, row, listed ? one->shares.within_lo[i] : (double)NAN,
                                  OKRUG_NOT_COLLECTED));
    double most = listed ? one->shares.within_hi[i] : (double)NAN;
    OKRUG_TRY(okrug_set_number_or(table, P_WITHIN_HI, row, isinf(most) ? (double)NAN : most,
                                  isinf(most) ? OKRUG_NO_BOUND : OKRUG_NOT_COLLECTED));
    OKRUG_TRY(okrug_set_number_or(table, P_OUTPUT, row, m->revenue[i], OKRUG_NOT_COLLECTED));
    return okrug_set_number_or(table, P_CONTRACTS, row, listed ? one->shares.contracts[i] : (double)NAN,
                               OKRUG_NOT_COLLECTED);
}

okrug_status okrug_status_write_participants(okrug_ctx *ctx, const okrug_case *one, okrug_table *table) {
    const okrug_group *g = &one->members.group;
    const okrug_rule *rule = rule_of_shares(one);
    const char **vat = OKRUG_SCRATCH_ZERO(ctx, g->participants, const char *);
    if (vat == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t k = 0; k < g->contracts; k++) {
        const char **of = &vat[g->supplier[k]], *this = vat_of(one, k);
        if (g->hi[k] > 0.0 || g->open[k]) {
            *of = *of == NULL || strcmp(*of, this) == 0 ? this : "mixed";
        }
    }
    for (int64_t i = 0; i < g->participants; i++) {
        OKRUG_TRY(write_participant(one, rule, vat[i], i, table));
    }
    return OKRUG_OK;
}

okrug_status okrug_status_write_contracts(const okrug_case *one, okrug_table *table) {
    const okrug_group *g = &one->members.group;
    const okrug_table *from = one->ev->table[OKRUG_OF_CONTRACTS];
    const okrug_column *firm = okrug_table_column(one->ev->table[OKRUG_OF_PARTICIPANTS], "firm");
    for (int64_t k = 0; k < g->contracts; k++) {
        int64_t source = one->members.contract_row[k], row;
        OKRUG_TRY(okrug_status_row(table, &row));
        const char *const text[] = {one->cluster,
                                    okrug_text_at(okrug_table_column(from, "contract"), source),
                                    okrug_words_text(firm->words, one->members.firm[g->supplier[k]]),
                                    okrug_words_text(firm->words, one->members.firm[g->buyer[k]]),
                                    vat_of(one, k),
                                    knowns[g->in_force[k]]};
        static const int column[] = {0, 1, 2, 3, 7, 8};
        OKRUG_TRY(okrug_status_texts(table, row, text, column, OKRUG_COUNT_OF(column)));
        OKRUG_TRY(okrug_set_cell(table, 4, row, okrug_table_column(from, "amount"), source));
        OKRUG_TRY(okrug_set_number_or(table, 5, row, g->lo[k], OKRUG_UNDEFINED));
        OKRUG_TRY(okrug_set_number_or(table, 6, row, g->open[k] ? (double)NAN : g->hi[k], OKRUG_NO_BOUND));
    }
    return OKRUG_OK;
}
