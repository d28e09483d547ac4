/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of rules made into what the kernel takes.
 */
#include "analyses/rule_set.h"

#include <math.h>
#include <string.h>

#include <okrug/dated.h>

const char *okrug_rule_set_text(const okrug_rule_set *set, const char *column, int64_t row) {
    return okrug_table_text(set->table, column, row);
}

bool okrug_rule_set_is_confirmation(const okrug_rule_set *set, int64_t criterion) {
    const char *measure = okrug_table_text(set->table, "measure", set->criterion_row[criterion]);
    return strcmp(measure, okrug_measure_code(OKRUG_MEASURE_YEARS_SINCE_CONFIRMATION)) == 0;
}

bool okrug_rule_set_lists(const char *list, const char *word) {
    size_t length = strlen(word);
    for (const char *at = list; *at != '\0';) {
        size_t next = strcspn(at, " ");
        if (next == length && memcmp(at, word, length) == 0) {
            return true;
        }
        at += next + (at[next] == ' ');
    }
    return false;
}

static bool in_set(const okrug_rule_set *set, int64_t row) {
    const char *name = set->set == NULL ? NULL : okrug_table_text(set->table, "set", row);
    return set->set == NULL || (name != NULL && strcmp(name, set->set) == 0);
}

/* A table of one set is that set; of several, the chosen one is taken. */
static okrug_status choose_set(okrug_ctx *ctx, const char *wanted, okrug_rule_set *out) {
    const okrug_column *set = okrug_table_column(out->table, "set");
    if (set == NULL || okrug_words_count(set->words) == 0) {
        return OKRUG_OK;
    }
    out->set = okrug_words_text(set->words, 0);
    if (okrug_words_count(set->words) > 1) {
        out->set = wanted;
        if (okrug_words_find(set->words, wanted, strlen(wanted)) < 0) {
            return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-such-set", &(okrug_place){.file = out->table->file}, "set",
                              wanted, (char *)NULL);
        }
    }
    return OKRUG_OK;
}

static int32_t slot_for(okrug_rule_set *set, okrug_measure measure, const char *of) {
    for (int64_t s = 0; s < set->slots; s++) {
        bool same = of == NULL || set->slot_of[s] == NULL ? of == set->slot_of[s] : strcmp(of, set->slot_of[s]) == 0;
        if (set->slot_measure[s] == measure && same) {
            return (int32_t)s;
        }
    }
    set->slot_measure[set->slots] = measure;
    set->slot_of[set->slots] = of;
    return (int32_t)set->slots++;
}

static okrug_status take_measure(okrug_ctx *ctx, const okrug_rule_set *set, int64_t row, const char *column,
                                 okrug_measure *measure) {
    const char *code = okrug_table_text(set->table, column, row);
    if (code == NULL || !okrug_measure_find(code, measure)) {
        okrug_place place = okrug_table_place(set->table, row, column);
        const char *list = "";
        for (int m = 0; m < OKRUG_MEASURES_COUNT; m++) {
            list = okrug_text_listed(ctx, list, okrug_measure_code((okrug_measure)m));
        }
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "unknown-measure", &place, "value", code == NULL ? "" : code,
                          "measures", list, (char *)NULL);
    }
    return OKRUG_OK;
}

static const char *const compares[OKRUG_COMPARES] = {"at-least", "at-most", "below", "above"};

static okrug_status take_compare(okrug_ctx *ctx, const okrug_rule_set *set, int64_t row, const char *column,
                                 okrug_compare *compare) {
    const char *code = okrug_table_text(set->table, column, row);
    for (int c = 0; code != NULL && c < OKRUG_COMPARES; c++) {
        if (strcmp(code, compares[c]) == 0) {
            *compare = (okrug_compare)c;
            return OKRUG_OK;
        }
    }
    okrug_place place = okrug_table_place(set->table, row, column);
    return okrug_fail(ctx, OKRUG_BAD_INPUT, "unknown-compare", &place, "value", code == NULL ? "" : code, (char *)NULL);
}

static okrug_status take_rule(okrug_ctx *ctx, okrug_rule_set *set, int64_t row, okrug_rule *rule) {
    const char *of = okrug_table_text(set->table, "of", row), *when = okrug_table_text(set->table, "when_measure", row);
    *rule = (okrug_rule){.when_slot = -1, .value = okrug_table_number(set->table, "value", row)};
    OKRUG_TRY(take_measure(ctx, set, row, "measure", &rule->measure));
    if (rule->measure == OKRUG_MEASURE_VAT_RATE) {
        return OKRUG_OK;
    }
    OKRUG_TRY(take_compare(ctx, set, row, "compare", &rule->compare));
    bool names = rule->measure == OKRUG_MEASURE_FACILITIES || rule->measure == OKRUG_MEASURE_DECLARED;
    okrug_place place = okrug_table_place(set->table, row, "of");
    if (names && of == NULL) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "rule-of-what", &place, "measure", okrug_measure_code(rule->measure),
                          (char *)NULL);
    }
    rule->slot = slot_for(set, rule->measure, names ? of : NULL);
    if (when != NULL) {
        OKRUG_TRY(take_measure(ctx, set, row, "when_measure", &rule->when_measure));
        OKRUG_TRY(take_compare(ctx, set, row, "when_compare", &rule->when_compare));
        rule->when_value = okrug_table_number(set->table, "when_value", row);
        names = rule->when_measure == OKRUG_MEASURE_FACILITIES || rule->when_measure == OKRUG_MEASURE_DECLARED;
        if (isnan(rule->when_value) || names) {
            place.column = "when_value";
            return okrug_fail(ctx, OKRUG_BAD_INPUT, "half-condition", &place, (char *)NULL);
        }
        rule->when_slot = slot_for(set, rule->when_measure, NULL);
    }
    return OKRUG_OK;
}

/* Where the rule is about confirmations, the cluster's own must be of those it is about. */
static bool concerns(const okrug_rule_set *set, int64_t row, const char *confirmed) {
    const char *decided = okrug_table_text(set->table, "decided_to", row);
    return decided == NULL || (confirmed != NULL && strcmp(confirmed, decided) <= 0);
}

typedef struct {
    const char *date, *confirmed;
    const okrug_column *from, *to;
    int32_t *number; /* by word of the column criterion: which criterion; -1 */
    uint8_t *held;   /* by criterion: a rule of it holds on the day */
} rule_reading;

static okrug_status take_row(okrug_ctx *ctx, const rule_reading *r, okrug_rule_set *out, int64_t row) {
    okrug_rule rule;
    OKRUG_TRY(take_rule(ctx, out, row, &rule));
    bool confirmation = rule.measure == OKRUG_MEASURE_YEARS_SINCE_CONFIRMATION;
    if (rule.measure == OKRUG_MEASURE_VAT_RATE || (confirmation && r->confirmed == NULL)) {
        return OKRUG_OK; /* what nobody asked about */
    }
    const okrug_column *criterion = okrug_table_column(out->table, "criterion");
    int32_t word = criterion->word[row];
    if (word < 0) {
        okrug_place place = okrug_table_place(out->table, row, "criterion");
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "empty-key", &place, (char *)NULL);
    }
    bool now = okrug_dated_holds(r->from, r->to, row, r->date) && concerns(out, row, r->confirmed);
    if (r->number[word] < 0) {
        r->number[word] = (int32_t)out->criteria;
        out->criterion_row[out->criteria++] = row;
    }
    int32_t number = r->number[word];
    if (now || !r->held[number]) {
        out->criterion_row[number] = row;
    }
    if (now) {
        r->held[number] = 1;
        rule.criterion = number;
        out->row[out->rules] = row;
        out->rule[out->rules++] = rule;
    }
    return OKRUG_OK;
}

okrug_status okrug_rule_set_read(okrug_ctx *ctx, const okrug_table *table, const char *set, const char *date,
                                 const char *confirmed, okrug_rule_set *out) {
    const okrug_column *criterion = okrug_table_column(table, "criterion");
    rule_reading r = {.date = date,
                      .from = okrug_table_column(table, "effective_from"),
                      .to = okrug_table_column(table, "effective_to"),
                      .number = OKRUG_SCRATCH(ctx, okrug_words_count(criterion->words), int32_t),
                      .held = OKRUG_SCRATCH_ZERO(ctx, okrug_words_count(criterion->words), uint8_t)};
    *out = (okrug_rule_set){.table = table,
                            .criterion_row = OKRUG_SCRATCH(ctx, table->rows, int64_t),
                            .rule = OKRUG_SCRATCH(ctx, table->rows, okrug_rule),
                            .row = OKRUG_SCRATCH(ctx, table->rows, int64_t),
                            .slot_measure = OKRUG_SCRATCH(ctx, 2 * table->rows, okrug_measure),
                            .slot_of = OKRUG_SCRATCH(ctx, 2 * table->rows, const char *),
                            .confirmed_years = NAN};
    if (r.number == NULL || r.held == NULL || out->criterion_row == NULL || out->rule == NULL || out->row == NULL ||
        out->slot_measure == NULL || out->slot_of == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int32_t w = 0; w < okrug_words_count(criterion->words); w++) {
        r.number[w] = -1;
    }
    if (confirmed != NULL) {
        OKRUG_TRY(okrug_date_take(ctx, "confirmed", confirmed, &r.confirmed));
        if (strcmp(r.confirmed, date) > 0) {
            return okrug_fail(ctx, OKRUG_BAD_USAGE, "confirmed-later", NULL, "confirmed", r.confirmed, "date", date,
                              (char *)NULL);
        }
        out->confirmed_years = okrug_date_anniversaries(r.confirmed, date);
    }
    OKRUG_TRY(choose_set(ctx, set, out));
    okrug_status status = okrug_dated_check(ctx, table, r.from, r.to);
    for (int64_t row = 0; row < table->rows; row++) {
        okrug_status one = in_set(out, row) ? take_row(ctx, &r, out, row) : OKRUG_OK;
        status = one == OKRUG_OK ? status : one;
    }
    return status;
}

/* The row with the VAT rate of that day; -1: none is on file. */
static int64_t vat_row(const okrug_rule_set *set, const char *date) {
    const okrug_column *from = okrug_table_column(set->table, "effective_from");
    const okrug_column *to = okrug_table_column(set->table, "effective_to");
    for (int64_t row = 0; row < set->table->rows; row++) {
        const char *measure = okrug_table_text(set->table, "measure", row);
        if (measure != NULL && strcmp(measure, "vat-rate") == 0 && in_set(set, row) &&
            okrug_dated_holds(from, to, row, date)) {
            return row;
        }
    }
    return -1;
}

double okrug_rule_set_vat(const void *user, const char *date) {
    const okrug_rule_set *set = user;
    int64_t row = vat_row(set, date);
    return row < 0 ? NAN : okrug_table_number(set->table, "value", row);
}

/* The contracts that are compared at the rate of that row. */
static int64_t compared_at(const okrug_rule_set *set, const okrug_evidence *ev, int64_t rate) {
    const okrug_table *t = ev->table[OKRUG_OF_CONTRACTS];
    int64_t count = 0;
    for (int64_t row = 0; t != NULL && row < t->rows; row++) {
        const char *vat = okrug_table_text(t, "vat", row), *date = okrug_table_text(t, "date", row);
        bool bare = vat != NULL && strcmp(vat, "excluded") == 0;
        count += !bare && ev->hi[row] > 0.0 && ev->supplier[row] >= 0 && ev->buyer[row] >= 0 &&
                 vat_row(set, date == NULL ? ev->time.last : date) == rate;
    }
    return count;
}

void okrug_rule_set_tell_vat(okrug_ctx *ctx, const okrug_rule_set *set, const okrug_evidence *ev) {
    for (int64_t row = 0; row < set->table->rows; row++) {
        const char *measure = okrug_table_text(set->table, "measure", row);
        const char *confidence = okrug_table_text(set->table, "confidence", row),
                   *source = okrug_table_text(set->table, "source", row),
                   *in_russian = okrug_table_text(set->table, "source_ru", row);
        bool sure = confidence != NULL && strcmp(confidence, "certain") == 0;
        int64_t count = measure == NULL || strcmp(measure, "vat-rate") != 0 || sure || !in_set(set, row)
                            ? 0
                            : compared_at(set, ev, row);
        if (count > 0) {
            okrug_warn(ctx, "vat-rate-not-certain", NULL, "count", okrug_text_integer(ctx, count), "percent",
                       okrug_text_number(ctx, 100.0 * okrug_table_number(set->table, "value", row)), "confidence",
                       confidence == NULL ? "unverified" : confidence, "source", source == NULL ? "?" : source,
                       "source_ru", in_russian == NULL ? "" : in_russian, (char *)NULL);
        }
    }
}

/* ---- Facilities and facts ---- */

/* The cluster of a row; -1: not told; -2: none of those that are looked at. */
static int64_t cluster_at(const okrug_evidence *ev, const okrug_column *column, int64_t row) {
    const okrug_column *own = okrug_table_column(ev->table[OKRUG_OF_PARTICIPANTS], "cluster");
    const char *name = column == NULL ? NULL : okrug_text_at(column, row);
    if (name == NULL || own == NULL) {
        return ev->clusters == 1 ? 0 : -1;
    }
    int32_t word = okrug_words_find(own->words, name, strlen(name));
    return word < 0 ? -2 : word;
}

/* Adds a row to one cluster, or, where it may be any's, to what every one may have at most. */
static void add_facility(const okrug_rule_set *set, const okrug_evidence *ev, int64_t s, int64_t cluster,
                         okrug_span *out) {
    for (int64_t c = cluster < 0 ? 0 : cluster; c < (cluster < 0 ? ev->clusters : cluster + 1); c++) {
        out[c * set->slots + s].lo += cluster >= 0;
        out[c * set->slots + s].hi += 1.0;
    }
}

static void count_facilities(const okrug_rule_set *set, const okrug_evidence *ev, int64_t s, okrug_span *out) {
    const okrug_table *t = ev->table[OKRUG_OF_FACILITIES];
    if (t == NULL) {
        return;
    }
    const okrug_column *since = okrug_table_column(t, "since"), *until = okrug_table_column(t, "until");
    const okrug_column *of = okrug_table_column(t, "cluster"), *kind = okrug_table_column(t, "kind");
    for (int64_t c = 0; c < ev->clusters; c++) {
        out[c * set->slots + s] = (okrug_span){0.0, 0.0};
    }
    for (int64_t row = 0; row < t->rows; row++) {
        const char *name = okrug_text_at(kind, row);
        int64_t cluster = cluster_at(ev, of, row);
        if (name != NULL && cluster >= -1 && okrug_dated_holds(since, until, row, ev->time.date) &&
            okrug_rule_set_lists(set->slot_of[s], name)) {
            add_facility(set, ev, s, cluster, out);
        }
    }
}

static void find_facts(const okrug_rule_set *set, const okrug_evidence *ev, int64_t s, okrug_span *out) {
    const okrug_table *t = ev->table[OKRUG_OF_FACTS];
    for (int64_t row = 0; t != NULL && row < t->rows; row++) {
        int64_t cluster = cluster_at(ev, okrug_table_column(t, "cluster"), row);
        const char *fact = okrug_table_text(t, "fact", row);
        double value = okrug_table_number(t, "value", row);
        if (cluster >= 0 && fact != NULL && strcmp(fact, set->slot_of[s]) == 0) {
            out[cluster * set->slots + s] = (okrug_span){value, value};
        }
    }
}

okrug_status okrug_rule_set_count(okrug_ctx *ctx, const okrug_rule_set *set, const okrug_evidence *ev,
                                  okrug_span **out) {
    *out = OKRUG_SCRATCH(ctx, ev->clusters * set->slots, okrug_span);
    if (*out == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < ev->clusters * set->slots; i++) {
        (*out)[i] = (okrug_span){NAN, NAN};
    }
    for (int64_t s = 0; s < set->slots; s++) {
        if (set->slot_measure[s] == OKRUG_MEASURE_FACILITIES) {
            count_facilities(set, ev, s, *out);
        } else if (set->slot_measure[s] == OKRUG_MEASURE_DECLARED) {
            find_facts(set, ev, s, *out);
        }
    }
    return OKRUG_OK;
}

void okrug_rule_set_spans(const okrug_rule_set *set, const okrug_span measured[OKRUG_MEASURES_COUNT],
                          const okrug_span *counted, okrug_span *span) {
    for (int64_t s = 0; s < set->slots; s++) {
        okrug_measure m = set->slot_measure[s];
        span[s] = m == OKRUG_MEASURE_FACILITIES || m == OKRUG_MEASURE_DECLARED ? counted[s]
                  : m == OKRUG_MEASURE_YEARS_SINCE_CONFIRMATION
                      ? (okrug_span){set->confirmed_years, set->confirmed_years}
                      : measured[m];
    }
}
