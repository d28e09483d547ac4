/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables joined by the firm's code. A contract counts towards shares by its amount without VAT, in the year of the
 * accounts; where its day, its amount or its VAT is not told, it counts as bounds.
 */
#include "analyses/evidence.h"

#include <math.h>
#include <string.h>

#include <okrug/dated.h>

okrug_known okrug_evidence_known(const okrug_column *column, int64_t row) {
    const char *text = column == NULL ? NULL : okrug_text_at(column, row);
    return text == NULL ? OKRUG_UNKNOWN : strcmp(text, "yes") == 0 ? OKRUG_YES : OKRUG_NO;
}

static const okrug_words *words_of_firms(const okrug_evidence *ev) {
    return okrug_table_column(ev->table[OKRUG_OF_PARTICIPANTS], "firm")->words;
}

int32_t okrug_evidence_firm(const okrug_evidence *ev, const char *code) {
    const okrug_words *own = words_of_firms(ev);
    int32_t word = okrug_words_find(own, code, strlen(code));
    if (word < 0 && ev->more != NULL) {
        word = okrug_words_find(ev->more, code, strlen(code));
        word = word < 0 ? word : word + okrug_words_count(own);
    }
    return word;
}

/* The firm's number for every word of a column of another table. */
static okrug_status number_words(okrug_ctx *ctx, const okrug_evidence *ev, const okrug_column *column,
                                 int32_t **number) {
    int32_t count = okrug_words_count(column->words);
    *number = OKRUG_SCRATCH(ctx, count, int32_t);
    if (*number == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int32_t w = 0; w < count; w++) {
        (*number)[w] = okrug_evidence_firm(ev, okrug_words_text(column->words, w));
    }
    return OKRUG_OK;
}

static int32_t number_at(const okrug_column *column, const int32_t *number, int64_t row) {
    return column->word[row] < 0 ? -1 : number[column->word[row]];
}

static double number_cell(const okrug_column *column, int64_t row) {
    if (column == NULL) {
        return NAN;
    }
    okrug_reason reason = okrug_reason_at(column, row);
    return reason == OKRUG_PRESENT ? column->number[row] : reason == OKRUG_STRUCTURAL_ZERO ? 0.0 : NAN;
}

/* ---- Firms ---- */

static okrug_status read_accounts(okrug_ctx *ctx, okrug_evidence *ev) {
    const okrug_table *t = ev->table[OKRUG_OF_ACCOUNTS];
    if (t == NULL) {
        return OKRUG_OK;
    }
    const okrug_column *firm = okrug_table_column(t, "firm"), *period = okrug_table_column(t, "period");
    const okrug_column *from[] = {okrug_table_column(t, "revenue"), okrug_table_column(t, "workplaces"),
                                  okrug_table_column(t, "productive_workplaces")};
    double *const to[] = {ev->revenue, ev->workplaces, ev->productive};
    int32_t *number = NULL;
    OKRUG_TRY(number_words(ctx, ev, firm, &number));
    int32_t year = period == NULL ? -1 : okrug_words_find(period->words, ev->time.year, strlen(ev->time.year));
    if (period == NULL) {
        okrug_warn(ctx, "accounts-without-period", &(okrug_place){.file = t->file}, "year", ev->time.year,
                   (char *)NULL);
    } else if (year < 0) {
        okrug_warn(ctx, "accounts-of-other-years", &(okrug_place){.file = t->file}, "year", ev->time.year,
                   (char *)NULL);
    }
    for (int64_t row = 0; row < t->rows; row++) {
        int32_t f = number_at(firm, number, row);
        if (f < 0 || (period != NULL && (year < 0 || period->word[row] != year))) {
            continue;
        }
        for (int k = 0; k < OKRUG_COUNT_OF(from); k++) {
            to[k][f] = number_cell(from[k], row);
        }
    }
    return OKRUG_OK;
}

static okrug_status read_places(okrug_ctx *ctx, okrug_evidence *ev) {
    const okrug_table *t = ev->table[OKRUG_OF_FIRMS];
    const okrug_column *region = t == NULL ? NULL : okrug_table_column(t, "region");
    if (region == NULL) {
        return OKRUG_OK;
    }
    const okrug_column *firm = okrug_table_column(t, "firm"), *precision = okrug_table_column(t, "precision");
    int32_t *number = NULL;
    OKRUG_TRY(number_words(ctx, ev, firm, &number));
    for (int64_t row = 0; row < t->rows; row++) {
        int32_t f = number_at(firm, number, row);
        if (f >= 0) {
            ev->region[f] = region->word[row];
            ev->precision[f] = precision == NULL ? NULL : okrug_text_at(precision, row);
        }
    }
    return OKRUG_OK;
}

static okrug_status read_products(okrug_ctx *ctx, okrug_evidence *ev) {
    const okrug_table *t = ev->table[OKRUG_OF_PRODUCTS];
    const okrug_column *end = t == NULL ? NULL : okrug_table_column(t, "end_product");
    if (end == NULL) {
        return OKRUG_OK;
    }
    const okrug_column *firm = okrug_table_column(t, "firm");
    int32_t *number = NULL;
    OKRUG_TRY(number_words(ctx, ev, firm, &number));
    uint8_t *unsure = OKRUG_SCRATCH_ZERO(ctx, ev->firms, uint8_t);
    if (unsure == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t row = 0; row < t->rows; row++) {
        int32_t f = number_at(firm, number, row);
        okrug_known is_end = okrug_evidence_known(end, row);
        if (f >= 0 && ev->maker[f] != OKRUG_YES) {
            unsure[f] |= is_end == OKRUG_UNKNOWN;
            ev->maker[f] = is_end == OKRUG_YES ? OKRUG_YES : unsure[f] ? OKRUG_UNKNOWN : OKRUG_NO;
        }
    }
    return OKRUG_OK;
}

static okrug_status read_firms(okrug_ctx *ctx, okrug_evidence *ev) {
    ev->revenue = OKRUG_SCRATCH(ctx, ev->firms, double);
    ev->workplaces = OKRUG_SCRATCH(ctx, ev->firms, double);
    ev->productive = OKRUG_SCRATCH(ctx, ev->firms, double);
    ev->region = OKRUG_SCRATCH(ctx, ev->firms, int32_t);
    ev->precision = OKRUG_SCRATCH_ZERO(ctx, ev->firms, const char *);
    ev->maker = OKRUG_SCRATCH(ctx, ev->firms, uint8_t);
    if (ev->revenue == NULL || ev->workplaces == NULL || ev->productive == NULL || ev->region == NULL ||
        ev->precision == NULL || ev->maker == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int32_t f = 0; f < ev->firms; f++) {
        ev->revenue[f] = ev->workplaces[f] = ev->productive[f] = NAN;
        ev->region[f] = -1;
        ev->maker[f] = OKRUG_UNKNOWN;
    }
    OKRUG_TRY(read_accounts(ctx, ev));
    OKRUG_TRY(read_places(ctx, ev));
    return read_products(ctx, ev);
}

/* ---- Clusters ---- */

static void tell_without_cluster(okrug_ctx *ctx, const okrug_evidence *ev, const okrug_column *cluster) {
    const okrug_table *t = ev->table[OKRUG_OF_PARTICIPANTS];
    int64_t count = 0, first = 0;
    for (int64_t row = t->rows - 1; cluster != NULL && row >= 0; row--) {
        first = cluster->word[row] < 0 ? row : first;
        count += cluster->word[row] < 0;
    }
    if (count > 0) {
        okrug_place place = okrug_table_place(t, first, "cluster");
        okrug_warn(ctx, "participants-without-cluster", &place, "count", okrug_text_integer(ctx, count), (char *)NULL);
    }
}

static okrug_status read_participants(okrug_ctx *ctx, okrug_evidence *ev) {
    const okrug_table *t = ev->table[OKRUG_OF_PARTICIPANTS];
    const okrug_column *cluster = okrug_table_column(t, "cluster"), *firm = okrug_table_column(t, "firm");
    const okrug_column *since = okrug_table_column(t, "since"), *until = okrug_table_column(t, "until");
    OKRUG_TRY(okrug_dated_check(ctx, t, since, until));
    tell_without_cluster(ctx, ev, cluster);
    ev->clusters = cluster == NULL ? 1 : okrug_words_count(cluster->words);
    ev->cluster = OKRUG_SCRATCH_ZERO(ctx, ev->clusters, const char *);
    ev->first = OKRUG_SCRATCH_ZERO(ctx, ev->clusters + 2, int64_t);
    ev->row = OKRUG_SCRATCH(ctx, t->rows, int64_t);
    ev->firm = OKRUG_SCRATCH(ctx, t->rows, int32_t);
    if (ev->cluster == NULL || ev->first == NULL || ev->row == NULL || ev->firm == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t c = 0; cluster != NULL && c < ev->clusters; c++) {
        ev->cluster[c] = okrug_words_text(cluster->words, (int32_t)c);
    }
    int64_t *next = ev->first + 1; /* counted one place further, so that filling leaves the beginnings */
    for (int64_t row = 0; row < t->rows; row++) {
        int64_t c = cluster == NULL ? 0 : cluster->word[row];
        next[c + 1] += okrug_dated_holds(since, until, row, ev->time.date);
    }
    for (int64_t c = 0; c < ev->clusters; c++) {
        next[c + 1] += next[c];
    }
    for (int64_t row = 0; row < t->rows; row++) {
        if (okrug_dated_holds(since, until, row, ev->time.date)) {
            int64_t at = next[cluster == NULL ? 0 : cluster->word[row]]++;
            ev->row[at] = row;
            ev->firm[at] = firm->word[row];
        }
    }
    return OKRUG_OK;
}

/* ---- Contracts ---- */

typedef struct {
    const okrug_column *date, *until, *amount, *vat, *kind;
    int spread;
    okrug_vat_rate *rate;
    const void *rates;
} contract_reading;

/* The part of it that falls into the year; NaN: its day is not told. */
static double part_in_year(const contract_reading *r, const okrug_evidence_time *time, int64_t row) {
    const char *date = r->date == NULL ? NULL : okrug_text_at(r->date, row);
    const char *until = r->until == NULL ? NULL : okrug_text_at(r->until, row);
    if (date == NULL) {
        return NAN;
    }
    if (r->spread == OKRUG_SPREAD_WHOLE || until == NULL) {
        return strcmp(time->first, date) <= 0 && strcmp(date, time->last) <= 0 ? 1.0 : 0.0;
    }
    int64_t from = okrug_date_days(date), to = okrug_date_days(until);
    int64_t first = okrug_date_days(time->first), last = okrug_date_days(time->last);
    int64_t begin = from > first ? from : first, end = to < last ? to : last;
    return end < begin ? 0.0 : (double)(end - begin + 1) / (double)(to - from + 1);
}

static okrug_known in_force(const contract_reading *r, const okrug_evidence_time *time, int64_t row) {
    const char *date = r->date == NULL ? NULL : okrug_text_at(r->date, row);
    const char *until = r->until == NULL ? NULL : okrug_text_at(r->until, row);
    if (until != NULL && strcmp(until, time->date) < 0) {
        return OKRUG_NO;
    }
    if (date == NULL) {
        return OKRUG_UNKNOWN;
    }
    if (strcmp(date, time->date) > 0) {
        return OKRUG_NO;
    }
    /* Where nothing says when it ends, it counts if it was concluded in the year or since. */
    return until != NULL || strcmp(date, time->first) >= 0 ? OKRUG_YES : OKRUG_UNKNOWN;
}

/* A contract of a kind that no rule knows is neither use of output nor a contract between participants. */
static bool is_known_kind(const char *kind) {
    char buffer[OKRUG_DOMAIN_TEXT];
    size_t length = kind == NULL ? 0 : strlen(kind);
    return kind == NULL || okrug_domain_text(OKRUG_DOMAIN_CONTRACT_KIND, kind, &length, buffer) != NULL;
}

static void tell_kinds(okrug_ctx *ctx, const okrug_table *t, const okrug_column *kind) {
    enum { NAMED = 5 };
    const char *list = "";
    int64_t count = 0, kinds = 0;
    for (int32_t w = 0; kind != NULL && w < okrug_words_count(kind->words); w++) {
        if (!is_known_kind(okrug_words_text(kind->words, w))) {
            list = ++kinds <= NAMED ? okrug_text_listed(ctx, list, okrug_words_text(kind->words, w)) : list;
        }
    }
    for (int64_t row = 0; kinds > 0 && row < t->rows; row++) {
        count += !is_known_kind(okrug_text_at(kind, row));
    }
    if (count > 0) {
        okrug_warn(ctx, "contracts-of-unknown-kind", &(okrug_place){.file = t->file, .column = "kind"}, "count",
                   okrug_text_integer(ctx, count), "kinds", okrug_text_curtailed(ctx, list, NAMED, kinds),
                   (char *)NULL);
    }
}

static okrug_status read_contract(okrug_ctx *ctx, const contract_reading *r, okrug_evidence *ev, int64_t row) {
    const okrug_table *t = ev->table[OKRUG_OF_CONTRACTS];
    const char *vat = r->vat == NULL ? NULL : okrug_text_at(r->vat, row);
    bool included = vat != NULL && strcmp(vat, "included") == 0;
    if (vat != NULL && !included && strcmp(vat, "excluded") != 0) {
        okrug_place place = okrug_table_place(t, row, "vat");
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "unknown-vat", &place, "value", vat, (char *)NULL);
    }
    double amount = number_cell(r->amount, row), part = part_in_year(r, &ev->time, row),
           most = isnan(part) ? 1.0 : part;
    const char *date = r->date == NULL ? NULL : okrug_text_at(r->date, row);
    double rate = r->rate(r->rates, date == NULL ? ev->time.last : date);
    double least = vat != NULL && !included ? amount : isnan(rate) ? 0.0 : amount / (1.0 + rate);
    const char *kind = r->kind == NULL ? NULL : okrug_text_at(r->kind, row);
    bool counts = is_known_kind(kind);
    bool no_use = !counts || (kind != NULL && strcmp(kind, "special-investment") == 0); /* an obligation to invest */
    bool known = !isnan(amount);
    ev->lo[row] = no_use || !known ? 0.0 : least * (isnan(part) ? 0.0 : part);
    ev->hi[row] = no_use || !known ? 0.0 : (included && !isnan(rate) ? least : amount) * most;
    ev->open[row] = !no_use && !known && most > 0.0;
    ev->in_force[row] = counts ? (uint8_t)in_force(r, &ev->time, row) : OKRUG_NO;
    return OKRUG_OK;
}

static okrug_status order_by_supplier(okrug_ctx *ctx, okrug_evidence *ev, int64_t rows) {
    ev->sold = OKRUG_SCRATCH_ZERO(ctx, ev->firms + 2, int64_t);
    ev->contract = OKRUG_SCRATCH(ctx, rows, int64_t);
    if (ev->sold == NULL || ev->contract == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int64_t *next = ev->sold + 1;
    for (int64_t row = 0; row < rows; row++) {
        next[ev->supplier[row] + 1] += ev->supplier[row] >= 0 && ev->buyer[row] >= 0;
    }
    for (int32_t f = 0; f < ev->firms; f++) {
        next[f + 1] += next[f];
    }
    for (int64_t row = 0; row < rows; row++) {
        if (ev->supplier[row] >= 0 && ev->buyer[row] >= 0) {
            ev->contract[next[ev->supplier[row]]++] = row;
        }
    }
    return OKRUG_OK;
}

static okrug_status read_contracts(okrug_ctx *ctx, contract_reading *r, okrug_evidence *ev) {
    const okrug_table *t = ev->table[OKRUG_OF_CONTRACTS];
    int64_t rows = t == NULL ? 0 : t->rows;
    ev->supplier = OKRUG_SCRATCH(ctx, rows, int32_t);
    ev->buyer = OKRUG_SCRATCH(ctx, rows, int32_t);
    ev->lo = OKRUG_SCRATCH(ctx, rows, double);
    ev->hi = OKRUG_SCRATCH(ctx, rows, double);
    ev->open = OKRUG_SCRATCH(ctx, rows, uint8_t);
    ev->in_force = OKRUG_SCRATCH(ctx, rows, uint8_t);
    if (ev->supplier == NULL || ev->buyer == NULL || ev->lo == NULL || ev->hi == NULL || ev->open == NULL ||
        ev->in_force == NULL) {
        return OKRUG_NO_MEMORY;
    }
    if (t != NULL) {
        const okrug_column *supplier = okrug_table_column(t, "supplier"), *buyer = okrug_table_column(t, "buyer");
        int32_t *of_supplier = NULL, *of_buyer = NULL;
        *r = (contract_reading){okrug_table_column(t, "date"),
                                okrug_table_column(t, "until"),
                                okrug_table_column(t, "amount"),
                                okrug_table_column(t, "vat"),
                                okrug_table_column(t, "kind"),
                                r->spread,
                                r->rate,
                                r->rates};
        OKRUG_TRY(okrug_dated_check(ctx, t, r->date, r->until));
        tell_kinds(ctx, t, r->kind);
        OKRUG_TRY(number_words(ctx, ev, supplier, &of_supplier));
        OKRUG_TRY(number_words(ctx, ev, buyer, &of_buyer));
        okrug_status status = OKRUG_OK;
        for (int64_t row = 0; row < rows; row++) {
            ev->supplier[row] = number_at(supplier, of_supplier, row);
            ev->buyer[row] = number_at(buyer, of_buyer, row);
            okrug_status one = read_contract(ctx, r, ev, row);
            status = one == OKRUG_OK ? status : one;
        }
        OKRUG_TRY(status);
    }
    return order_by_supplier(ctx, ev, rows);
}

okrug_status okrug_evidence_read(okrug_ctx *ctx, const okrug_table *const *table, const okrug_evidence_time *time,
                                 int spread, const okrug_words *more, okrug_vat_rate *rate, const void *rates,
                                 okrug_evidence *out) {
    *out = (okrug_evidence){.time = *time, .more = more};
    memcpy(out->table, table, sizeof out->table);
    out->firms = okrug_words_count(words_of_firms(out)) + (more == NULL ? 0 : okrug_words_count(more));
    contract_reading reading = {.spread = spread, .rate = rate, .rates = rates};
    OKRUG_TRY(read_participants(ctx, out));
    OKRUG_TRY(read_firms(ctx, out));
    return read_contracts(ctx, &reading, out);
}
