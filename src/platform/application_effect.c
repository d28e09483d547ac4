/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The socio-economic effect of a cluster: what its participants sell outside it, times the multipliers of their
 * industries (Miller and Blair 2009, chapter 6), with the band over the conventions by which a national table is
 * scaled to a region.
 */
#include <math.h>
#include <string.h>

#include "platform/application.h"

/* ---- Multipliers ------------------------------------------------------------------------------------------------- */

enum { OUTPUT, VALUE_ADDED, IN_MONEY, EMPLOYMENT = IN_MONEY, MEASURES };
static const char *const measures[MEASURES] = {"output", "value_added", "employment"};
enum { CENTRAL, LOW, HIGH, KINDS };
static const char *const kinds[KINDS] = {"central", "low", "high"};

typedef struct {
    const okrug_column *industry;
    const okrug_column *measure;         /* NULL: a column for each measure, and no band */
    const okrug_column *value[MEASURES]; /* of a column for each measure; that of employment per person */
    const okrug_column *band[KINDS];
    int64_t rows;
} multipliers;

static bool find_multipliers(const okrug_application *p, multipliers *m) {
    const okrug_dataset *bands = p->result[OKRUG_APPLICATION_BANDS];
    const okrug_dataset *plain = p->result[OKRUG_APPLICATION_MULTIPLIERS];
    const okrug_table *table = bands != NULL   ? okrug_dataset_table(bands, "bands")
                               : plain != NULL ? okrug_dataset_table(plain, "industries")
                                               : NULL;
    if (table == NULL) {
        return false;
    }
    *m = (multipliers){.industry = okrug_table_column(table, "industry"), .rows = table->rows};
    for (int k = 0; k < KINDS && bands != NULL; k++) {
        m->band[k] = okrug_table_column(table, kinds[k]);
    }
    /* Both tables have a row for each industry, in the same order. */
    const okrug_table *ratios = bands == NULL ? okrug_dataset_table(plain, "ratios") : NULL;
    for (int i = 0; i < IN_MONEY && bands == NULL; i++) {
        m->value[i] = okrug_table_column(table, measures[i]);
    }
    m->value[EMPLOYMENT] = ratios != NULL ? okrug_table_column(ratios, measures[EMPLOYMENT]) : NULL;
    m->measure = bands != NULL ? okrug_table_column(table, "measure") : NULL;
    return m->industry != NULL;
}

static double multiplier_of(const multipliers *m, const char *industry, int measure, int kind) {
    for (int64_t r = 0; r < m->rows; r++) {
        if (strcmp(okrug_text_at(m->industry, r), industry) != 0) {
            continue;
        }
        if (m->measure == NULL) {
            return kind == CENTRAL ? okrug_number_at(m->value[measure], r) : NAN;
        }
        if (strcmp(okrug_text_at(m->measure, r), measures[measure]) == 0) {
            return okrug_number_at(m->band[kind], r);
        }
    }
    return NAN;
}

/* ---- Industries -------------------------------------------------------------------------------------------------- */

typedef struct {
    const multipliers *m;
    const okrug_column *from, *to, *share; /* of the concordance; NULL: there is none */
    int64_t rows;
    int32_t words;
    double *sales;   /* by word of m->industry */
    double *persons; /* who work for these sales */
    double lost;     /* sales of industries that the multipliers do not have */
    const char *lost_codes;
} spread;

static int32_t word_of(const multipliers *m, const char *code, size_t length) {
    return okrug_words_find(m->industry->words, code, length);
}

/* Of a list with commas: 1.1 is not listed in "1.11, 21.1". */
static bool is_listed(const char *list, const char *code) {
    size_t length = strlen(code);
    for (const char *at = strstr(list, code); at != NULL; at = strstr(at + 1, code)) {
        if ((at == list || at[-1] == ' ') && (at[length] == '\0' || at[length] == ',')) {
            return true;
        }
    }
    return false;
}

/* Gives sales and persons to the industries of the multipliers that the code goes to, or to the nearest wider code that
 * is known: 16.10 as itself, as 16.1, as 16. */
static void give(okrug_application *p, spread *s, const char *code, double sales, double persons) {
    for (size_t length = strlen(code); length > 0 && okrug_application_is_wider(code, length); length--) {
        double given = 0.0;
        int32_t word = word_of(s->m, code, length);
        if (word >= 0) {
            s->sales[word] += sales;
            s->persons[word] += persons;
            return;
        }
        for (int64_t r = 0; r < s->rows; r++) {
            const char *from = okrug_text_at(s->from, r);
            const char *to = okrug_text_at(s->to, r);
            bool same = from != NULL && strlen(from) == length && strncmp(from, code, length) == 0;
            word = same && to != NULL ? word_of(s->m, to, strlen(to)) : -1;
            if (word >= 0) {
                double share = okrug_number_at(s->share, r);
                share = isnan(share) ? 1.0 : share;
                s->sales[word] += sales * share;
                s->persons[word] += persons * share;
                given += share;
            }
        }
        if (given > 0.0) {
            s->lost += sales * fmax(0.0, 1.0 - given);
            return;
        }
    }
    s->lost += sales;
    if (!is_listed(s->lost_codes, code)) {
        s->lost_codes = okrug_text_listed(p->m.ctx, s->lost_codes, code);
    }
}

static okrug_status begin(okrug_application *p, const multipliers *m, spread *s) {
    *s = (spread){.m = m, .words = okrug_words_count(m->industry->words), .lost_codes = ""};
    s->sales = OKRUG_SCRATCH_ZERO(p->m.ctx, s->words + 1, double);
    s->persons = OKRUG_SCRATCH_ZERO(p->m.ctx, s->words + 1, double);
    if (s->sales == NULL || s->persons == NULL) {
        return OKRUG_NO_MEMORY;
    }
    const okrug_table *table = NULL;
    OKRUG_TRY(okrug_application_name_industries(p, m->industry->words));
    OKRUG_TRY(okrug_application_concordance(p, m->industry->words, &table));
    if (table != NULL) {
        s->from = okrug_table_column(table, "from");
        s->to = okrug_table_column(table, "to");
        s->share = okrug_table_column(table, "share");
        s->rows = s->from != NULL && s->to != NULL ? table->rows : 0;
    }
    return OKRUG_OK;
}

/* What the participant sold to the others in the year of its accounts without VAT, as the verdict has it: of what is
 * not sure the least, for the effect is the most that it can be. NaN: there is no verdict of that year. */
static double sold_without_vat(const okrug_application *p, const okrug_application_member *member) {
    const okrug_table *table = okrug_application_status_table(p, "participants");
    for (int64_t r = 0; table != NULL && member->period != NULL && r < table->rows; r++) {
        const char *firm = okrug_table_text(table, "firm", r);
        const char *period = okrug_table_text(table, "period", r);
        if (okrug_application_is_own(p, table, r) && firm != NULL && strcmp(firm, member->code) == 0 &&
            period != NULL && strcmp(period, member->period) == 0) {
            return okrug_table_number(table, "within_lo", r);
        }
    }
    return NAN;
}

/* What each participant sold to the others in the year of its accounts; `mixed`: of how many it is known only as the
 * contracts have it, with VAT in some of them or perhaps so. */
static okrug_status sold_in_year(okrug_application *p, double **sold, int *mixed) {
    *sold = OKRUG_SCRATCH_ZERO(p->m.ctx, p->members + 1, double);
    bool *with_vat = OKRUG_SCRATCH_ZERO(p->m.ctx, p->members + 1, bool);
    if (*sold == NULL || with_vat == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < okrug_registry_rows(&p->r, OKRUG_REGISTRY_CONTRACTS); r++) {
        const char *supplier = okrug_registry_text(&p->r, OKRUG_REGISTRY_CONTRACTS, "supplier", r);
        const char *date = okrug_registry_text(&p->r, OKRUG_REGISTRY_CONTRACTS, "date", r);
        const char *vat = okrug_registry_text(&p->r, OKRUG_REGISTRY_CONTRACTS, "vat", r);
        double amount = okrug_card_sale(&p->card, r);
        int32_t from = okrug_registry_find(p->card.members, supplier);
        const char *year = okrug_registry_text(&p->r, OKRUG_REGISTRY_ACCOUNTS, "period", p->member[from].accounts);
        if (okrug_card_has_contract(&p->card, r) && date != NULL && !isnan(amount) && year != NULL &&
            strncmp(year, date, 4) == 0) {
            (*sold)[from] += amount;
            with_vat[from] = with_vat[from] || (amount > 0.0 && (vat == NULL || strcmp(vat, "excluded") != 0));
        }
    }
    for (int i = 0; i < p->members; i++) {
        double without = sold_without_vat(p, &p->member[i]);
        (*sold)[i] = isnan(without) ? (*sold)[i] : without;
        *mixed += isnan(without) && with_vat[i];
    }
    return OKRUG_OK;
}

/* ---- Telling ----------------------------------------------------------------------------------------------------- */

enum { INDUSTRY, SALES, FIRST, FIELDS = FIRST + IN_MONEY * KINDS };

static const char *source_of(okrug_application *p) {
    const okrug_dataset *bands = p->result[OKRUG_APPLICATION_BANDS];
    return okrug_making_source(&p->m, (bands != NULL ? bands : p->result[OKRUG_APPLICATION_MULTIPLIERS])->provenance);
}

static okrug_status add_row(okrug_application *p, const spread *s, int32_t word, okrug_table *table, double *total) {
    const char *code = okrug_words_text(s->m->industry->words, word);
    int64_t r = okrug_table_add_row(table, 0);
    if (r < 0) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_application_put(table, INDUSTRY, r, okrug_application_industry(p, code)));
    OKRUG_TRY(okrug_set_number(table, SALES, r, s->sales[word] / 1e6));
    total[SALES] += s->sales[word] / 1e6;
    for (int i = 0; i < IN_MONEY * KINDS; i++) {
        double effect = s->sales[word] / 1e6 * multiplier_of(s->m, code, i / KINDS, i % KINDS);
        OKRUG_TRY(okrug_set_number_or(table, FIRST + i, r, effect, OKRUG_NOT_APPLICABLE));
        total[FIRST + i] += effect;
    }
    return OKRUG_OK;
}

/* The last row: columns from `first` on. */
static okrug_status add_totals(okrug_application *p, okrug_table *table, int first, int columns, const double *total) {
    int64_t r = okrug_table_add_row(table, 0);
    if (r < 0) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(
        okrug_application_put(table, INDUSTRY, r, okrug_making_text(&p->m, "pack.field.all", NULL, NULL, NULL, NULL)));
    for (int c = first; c < columns; c++) {
        OKRUG_TRY(okrug_set_number_or(table, c, r, total[c], OKRUG_NOT_APPLICABLE));
    }
    return OKRUG_OK;
}

static okrug_status tell(okrug_application *p, const spread *s) {
    static const okrug_application_field fields[FIELDS] = {
        {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE},
        {"sales", OKRUG_NUMBER, OKRUG_UNIT_MILLION_RUB},
        {"output", OKRUG_NUMBER, OKRUG_UNIT_MILLION_RUB},
        {"output_low", OKRUG_NUMBER, OKRUG_UNIT_MILLION_RUB},
        {"output_high", OKRUG_NUMBER, OKRUG_UNIT_MILLION_RUB},
        {"value_added", OKRUG_NUMBER, OKRUG_UNIT_MILLION_RUB},
        {"value_added_low", OKRUG_NUMBER, OKRUG_UNIT_MILLION_RUB},
        {"value_added_high", OKRUG_NUMBER, OKRUG_UNIT_MILLION_RUB},
    };
    okrug_table *table = NULL;
    double total[FIELDS] = {0.0};
    OKRUG_TRY(okrug_application_new_table(p, fields, FIELDS, &table));
    for (int32_t w = 0; w < s->words; w++) {
        if (s->sales[w] > 0.0) {
            OKRUG_TRY(add_row(p, s, w, table, total));
        }
    }
    if (s->lost > 0.0) {
        okrug_report_add(p->m.report, OKRUG_BLOCK_TEXT,
                         okrug_making_text(&p->m, "pack.effect-lost", "amount", okrug_application_money(p, s->lost),
                                           "codes", s->lost_codes));
    }
    if (table->rows == 0) {
        okrug_application_say(p, OKRUG_BLOCK_TEXT, "pack.effect-nothing", NULL, NULL);
        return OKRUG_OK;
    }
    OKRUG_TRY(add_totals(p, table, SALES, FIELDS, total));
    return okrug_application_tell(p, table, okrug_making_text(&p->m, "pack.effect-title", NULL, NULL, NULL, NULL),
                                  source_of(p));
}

/* People at work: those of the participants who work for sales outside, and in the region whom these keep at work. */
static okrug_status tell_employment(okrug_application *p, const spread *s) {
    enum { PERSONS = 1, CENTRAL_EFFECT, COLUMNS = CENTRAL_EFFECT + KINDS };
    static const okrug_application_field fields[COLUMNS] = {
        {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE},
        {"persons", OKRUG_NUMBER, OKRUG_UNIT_PERSON},
        {"employment", OKRUG_NUMBER, OKRUG_UNIT_PERSON},
        {"employment_low", OKRUG_NUMBER, OKRUG_UNIT_PERSON},
        {"employment_high", OKRUG_NUMBER, OKRUG_UNIT_PERSON},
    };
    okrug_table *table = NULL;
    double total[COLUMNS] = {0.0};
    OKRUG_TRY(okrug_application_new_table(p, fields, COLUMNS, &table));
    for (int32_t w = 0; w < s->words; w++) {
        const char *code = okrug_words_text(s->m->industry->words, w);
        double central = multiplier_of(s->m, code, EMPLOYMENT, CENTRAL);
        if (s->persons[w] <= 0.0 || isnan(central)) {
            continue;
        }
        int64_t r = okrug_table_add_row(table, 0);
        if (r < 0) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(okrug_application_put(table, INDUSTRY, r, okrug_application_industry(p, code)));
        for (int c = PERSONS; c < COLUMNS; c++) {
            double factor = c == PERSONS ? 1.0 : multiplier_of(s->m, code, EMPLOYMENT, c - CENTRAL_EFFECT);
            OKRUG_TRY(okrug_set_number_or(table, c, r, s->persons[w] * factor, OKRUG_NOT_APPLICABLE));
            total[c] += s->persons[w] * factor;
        }
    }
    if (table->rows == 0) {
        okrug_application_say(p, OKRUG_BLOCK_TEXT, "pack.employment-absent", NULL, NULL);
        return OKRUG_OK;
    }
    OKRUG_TRY(add_totals(p, table, PERSONS, COLUMNS, total));
    okrug_application_say(p, OKRUG_BLOCK_TEXT, "pack.employment-text", NULL, NULL);
    return okrug_application_tell(p, table, okrug_making_text(&p->m, "pack.employment-title", NULL, NULL, NULL, NULL),
                                  source_of(p));
}

static void note_count(okrug_application *p, const char *key, int count) {
    if (count > 0) {
        okrug_application_say(p, OKRUG_BLOCK_NOTE, key, "count", okrug_report_format(p->m.report, "%d", count));
    }
}

okrug_status okrug_application_effect(okrug_application *p) {
    multipliers m;
    spread s;
    double *sold = NULL;
    int unknown = 0;
    int uncounted = 0;
    int mixed = 0;
    okrug_application_say(p, OKRUG_BLOCK_HEADING, "pack.effect", NULL, NULL);
    if (!find_multipliers(p, &m)) {
        okrug_application_say(p, OKRUG_BLOCK_TEXT, "pack.effect-absent", NULL, NULL);
        return OKRUG_OK;
    }
    okrug_application_say(p, OKRUG_BLOCK_TEXT, "pack.effect-text", NULL, NULL);
    okrug_application_say(p, OKRUG_BLOCK_TEXT, m.measure != NULL ? "pack.effect-band" : "pack.effect-no-band", NULL,
                          NULL);
    OKRUG_TRY(begin(p, &m, &s));
    OKRUG_TRY(sold_in_year(p, &sold, &mixed));
    for (int i = 0; i < p->members; i++) {
        const okrug_application_member *member = &p->member[i];
        if (member->industry == NULL || isnan(member->revenue)) {
            unknown++;
        } else {
            double outside = fmax(0.0, member->revenue - sold[i]);
            bool works = outside > 0.0 && !isnan(member->employees);
            uncounted += outside > 0.0 && isnan(member->employees);
            give(p, &s, member->industry, outside, works ? member->employees * outside / member->revenue : 0.0);
        }
    }
    note_count(p, "pack.effect-unknown", unknown);
    note_count(p, "pack.effect-vat", mixed);
    OKRUG_TRY(tell(p, &s));
    note_count(p, "pack.employment-unknown", uncounted);
    return tell_employment(p, &s);
}
