/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Parts of an application that tell who is in the cluster and what they have between them: participants, cooperation,
 * infrastructure.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/pack.h"

/* ---- Participants ------------------------------------------------------------------------------------------------ */

static double employees_of(const okrug_pack *p, const okrug_pack_member *member) {
    double own = okrug_pack_number(p, OKRUG_PACK_ACCOUNTS, "employees", member->accounts);
    return isnan(own) ? okrug_pack_number(p, OKRUG_PACK_FIRMS, "employees", member->firm) : own;
}

okrug_status okrug_pack_participants(okrug_pack *p) {
    enum { NUMBER, NAME, FIRM, ROLE, INDUSTRY, EMPLOYEES, REVENUE, PRODUCING, FIELDS };
    static const okrug_pack_field fields[FIELDS] = {
        [NUMBER] = {"number", OKRUG_NUMBER, OKRUG_UNIT_NONE},
        [NAME] = {"participant", OKRUG_TEXT, OKRUG_UNIT_NONE},
        [FIRM] = {"firm", OKRUG_TEXT, OKRUG_UNIT_NONE},
        [ROLE] = {"role", OKRUG_TEXT, OKRUG_UNIT_NONE},
        [INDUSTRY] = {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE},
        [EMPLOYEES] = {"employees", OKRUG_NUMBER, OKRUG_UNIT_PERSON},
        [REVENUE] = {"revenue", OKRUG_NUMBER, OKRUG_UNIT_MILLION_RUB},
        [PRODUCING] = {"producing", OKRUG_TEXT, OKRUG_UNIT_NONE},
    };
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_pack_new_table(p, fields, FIELDS, &table));
    for (int i = 0; i < p->members; i++) {
        const okrug_pack_member *member = &p->member[i];
        int64_t r = okrug_table_add_row(table, 0);
        if (r < 0) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(okrug_pack_put_number(table, NUMBER, r, i + 1));
        OKRUG_TRY(okrug_pack_put(table, NAME, r, member->name));
        OKRUG_TRY(okrug_pack_put(table, FIRM, r, member->code));
        OKRUG_TRY(okrug_pack_put(table, ROLE, r, member->role));
        OKRUG_TRY(okrug_pack_put(table, INDUSTRY, r, member->industry));
        OKRUG_TRY(okrug_pack_put_number(table, EMPLOYEES, r, employees_of(p, member)));
        OKRUG_TRY(okrug_pack_put_number(table, REVENUE, r, member->revenue / 1e6));
        OKRUG_TRY(
            okrug_pack_put(table, PRODUCING, r, okrug_pack_cell(p, OKRUG_PACK_PARTICIPANTS, "producing", member->row)));
    }
    okrug_pack_say(p, OKRUG_BLOCK_HEADING, "pack.participants", NULL, NULL);
    if (p->members == 0) {
        okrug_pack_say(p, OKRUG_BLOCK_TEXT, "pack.participants-none", NULL, NULL);
        return OKRUG_OK;
    }
    const char *organisation = okrug_pack_cell(p, OKRUG_PACK_CLUSTERS, "organisation", p->row);
    if (organisation != NULL) {
        okrug_pack_say(p, OKRUG_BLOCK_TEXT, "pack.organisation", "firm", okrug_pack_firm(p, organisation));
    }
    return okrug_pack_tell(p, table, okrug_making_text(&p->m, "pack.participants", NULL, NULL, NULL, NULL),
                           okrug_pack_source(p, OKRUG_PACK_PARTICIPANTS));
}

/* ---- Cooperation ------------------------------------------------------------------------------------------------- */

enum { MATRIX_MOST = 10 };

/* Suppliers in rows, buyers in columns by their numbers. */
static okrug_status add_matrix(okrug_pack *p, const char *title, const char *source) {
    okrug_table *table = NULL;
    okrug_report_column *columns = okrug_report_take(p->m.report, (MATRIX_MOST + 3) * sizeof *columns);
    okrug_pack_field fields[2] = {{"number", OKRUG_NUMBER, OKRUG_UNIT_NONE},
                                  {"participant", OKRUG_TEXT, OKRUG_UNIT_NONE}};
    OKRUG_TRY(okrug_pack_new_table(p, fields, 2, &table));
    for (int c = 0; c <= p->members; c++) {
        const char *name = okrug_report_format(p->m.report, "%d", c + 1);
        name = c < p->members ? name : okrug_making_text(&p->m, "pack.field.all", NULL, NULL, NULL, NULL);
        if (okrug_table_add_column(table, name, OKRUG_NUMBER, OKRUG_UNIT_MILLION_RUB) < 0) {
            return OKRUG_NO_MEMORY;
        }
    }
    for (int i = 0; i < p->members; i++) {
        int64_t r = okrug_table_add_row(table, 0);
        if (r < 0) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(okrug_pack_put_number(table, 0, r, i + 1));
        OKRUG_TRY(okrug_pack_put(table, 1, r, p->member[i].name));
        for (int k = 0; k < p->members; k++) {
            OKRUG_TRY(k == i ? okrug_set_missing(table, 2 + k, r, OKRUG_NOT_APPLICABLE)
                             : okrug_set_number(table, 2 + k, r, p->flow[i * p->members + k] / 1e6));
        }
        OKRUG_TRY(okrug_set_number(table, 2 + p->members, r, p->member[i].sold_inside / 1e6));
    }
    OKRUG_TRY(okrug_report_status(p->m.report));
    for (int c = 0; c < table->columns; c++) {
        const char *heading = c == 0   ? okrug_making_text(&p->m, "pack.field.number", NULL, NULL, NULL, NULL)
                              : c == 1 ? okrug_making_text(&p->m, "pack.field.supplier", NULL, NULL, NULL, NULL)
                                       : table->column[c].name;
        columns[c] = (okrug_report_column){.column = c, .heading = heading, .decimals = c == 0 ? 0 : 1};
    }
    okrug_report_table told = {
        .title = title, .source = source, .table = table, .column = columns, .columns = table->columns};
    okrug_report_add_table(p->m.report, &told);
    return OKRUG_OK;
}

typedef struct {
    int64_t cell;
    double amount;
} flow;

static int largest_first(const void *left, const void *right) {
    const flow *a = left;
    const flow *b = right;
    return a->amount != b->amount ? (a->amount > b->amount ? -1 : 1) : (a->cell < b->cell ? -1 : 1);
}

/* The flows that there are, the largest first. Scratch memory. */
static okrug_status sort_flows(okrug_pack *p, flow **list, int64_t *count) {
    int64_t cells = (int64_t)p->members * p->members;
    *list = OKRUG_SCRATCH(p->m.ctx, cells + 1, flow);
    if (*list == NULL) {
        return OKRUG_NO_MEMORY;
    }
    *count = 0;
    for (int64_t c = 0; c < cells; c++) {
        if (p->deals[c] > 0) {
            (*list)[(*count)++] = (flow){c, p->flow[c]};
        }
    }
    qsort(*list, (size_t)*count, sizeof **list, largest_first);
    return OKRUG_OK;
}

/* Who sells to whom, where a matrix would be too wide for a page; on paper only the largest. */
static okrug_status add_flows(okrug_pack *p, const char *title, const char *source) {
    enum { ON_PAPER = 60 };
    static const okrug_pack_field fields[] = {{"supplier", OKRUG_TEXT, OKRUG_UNIT_NONE},
                                              {"buyer", OKRUG_TEXT, OKRUG_UNIT_NONE},
                                              {"contracts", OKRUG_NUMBER, OKRUG_UNIT_NONE},
                                              {"amount", OKRUG_NUMBER, OKRUG_UNIT_MILLION_RUB}};
    okrug_table *table = NULL;
    flow *list = NULL;
    int64_t count = 0;
    double rest = 0.0;
    OKRUG_TRY(sort_flows(p, &list, &count));
    OKRUG_TRY(okrug_pack_new_table(p, fields, OKRUG_COUNT_OF(fields), &table));
    int64_t told = p->whole || count < ON_PAPER ? count : ON_PAPER;
    for (int64_t f = 0; f < told; f++) {
        int from = (int)(list[f].cell / p->members);
        int to = (int)(list[f].cell % p->members);
        int64_t r = okrug_table_add_row(table, 0);
        if (r < 0) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(
            okrug_pack_put(table, 0, r, okrug_report_format(p->m.report, "%d. %s", from + 1, p->member[from].name)));
        OKRUG_TRY(okrug_pack_put(table, 1, r, okrug_report_format(p->m.report, "%d. %s", to + 1, p->member[to].name)));
        OKRUG_TRY(okrug_set_number(table, 2, r, (double)p->deals[list[f].cell]));
        OKRUG_TRY(okrug_set_number(table, 3, r, list[f].amount / 1e6));
    }
    for (int64_t f = told; f < count; f++) {
        rest += list[f].amount;
    }
    OKRUG_TRY(okrug_pack_tell(p, table, title, source));
    if (told < count) {
        okrug_report_add(p->m.report, OKRUG_BLOCK_NOTE,
                         okrug_making_text(&p->m, "pack.flows-rest", "count",
                                           okrug_report_format(p->m.report, "%lld", (long long)(count - told)),
                                           "amount", okrug_pack_money(p, rest)));
    }
    return OKRUG_OK;
}

static okrug_status add_sums(okrug_pack *p, const char *source) {
    static const okrug_pack_field fields[] = {{"number", OKRUG_NUMBER, OKRUG_UNIT_NONE},
                                              {"participant", OKRUG_TEXT, OKRUG_UNIT_NONE},
                                              {"contracts", OKRUG_NUMBER, OKRUG_UNIT_NONE},
                                              {"sold_inside", OKRUG_NUMBER, OKRUG_UNIT_MILLION_RUB},
                                              {"bought_inside", OKRUG_NUMBER, OKRUG_UNIT_MILLION_RUB},
                                              {"sold_outside", OKRUG_NUMBER, OKRUG_UNIT_MILLION_RUB},
                                              {"bought_outside", OKRUG_NUMBER, OKRUG_UNIT_MILLION_RUB}};
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_pack_new_table(p, fields, OKRUG_COUNT_OF(fields), &table));
    for (int i = 0; i < p->members; i++) {
        const okrug_pack_member *member = &p->member[i];
        int64_t r = okrug_table_add_row(table, 0);
        if (r < 0) {
            return OKRUG_NO_MEMORY;
        }
        const double sums[] = {(double)member->contracts, member->sold_inside / 1e6, member->bought_inside / 1e6,
                               member->sold_outside / 1e6, member->bought_outside / 1e6};
        OKRUG_TRY(okrug_set_number(table, 0, r, i + 1));
        OKRUG_TRY(okrug_pack_put(table, 1, r, member->name));
        for (int c = 0; c < 5; c++) {
            OKRUG_TRY(okrug_set_number(table, 2 + c, r, sums[c]));
        }
    }
    return okrug_pack_tell(p, table, okrug_making_text(&p->m, "pack.sums", NULL, NULL, NULL, NULL), source);
}

okrug_status okrug_pack_cooperation(okrug_pack *p) {
    const char *source = okrug_pack_source(p, OKRUG_PACK_CONTRACTS);
    int64_t deals = 0;
    okrug_pack_say(p, OKRUG_BLOCK_HEADING, "pack.cooperation", NULL, NULL);
    if (p->table[OKRUG_PACK_CONTRACTS] == NULL) {
        okrug_pack_absent(p, OKRUG_PACK_CONTRACTS);
        return OKRUG_OK;
    }
    for (int i = 0; i < p->members; i++) {
        deals += p->member[i].contracts;
    }
    if (deals == 0) {
        okrug_pack_say(p, OKRUG_BLOCK_TEXT, "pack.cooperation-none", NULL, NULL);
        return add_sums(p, source);
    }
    if (p->first_contract != NULL) {
        okrug_report_add(p->m.report, OKRUG_BLOCK_TEXT,
                         okrug_making_text(&p->m, "pack.cooperation-dates", "first",
                                           okrug_pack_date(p, p->first_contract), "last",
                                           okrug_pack_date(p, p->last_contract)));
    }
    okrug_pack_say(p, OKRUG_BLOCK_TEXT, "pack.cooperation-text", NULL, NULL);
    bool matrix = p->members <= MATRIX_MOST;
    const char *title = okrug_making_text(&p->m, matrix ? "pack.matrix" : "pack.flows", NULL, NULL, NULL, NULL);
    OKRUG_TRY(matrix ? add_matrix(p, title, source) : add_flows(p, title, source));
    return add_sums(p, source);
}

/* ---- Infrastructure ---------------------------------------------------------------------------------------------- */

static bool is_own_facility(const okrug_pack *p, int64_t row) {
    const char *cluster = okrug_pack_cell(p, OKRUG_PACK_FACILITIES, "cluster", row);
    return cluster != NULL && strcmp(cluster, p->cluster) == 0 && okrug_pack_in_force(p, OKRUG_PACK_FACILITIES, row);
}

static okrug_status add_facilities(okrug_pack *p) {
    static const okrug_pack_field fields[] = {{"facility_kind", OKRUG_TEXT, OKRUG_UNIT_NONE},
                                              {"facility", OKRUG_TEXT, OKRUG_UNIT_NONE},
                                              {"since", OKRUG_TEXT, OKRUG_UNIT_NONE}};
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_pack_new_table(p, fields, OKRUG_COUNT_OF(fields), &table));
    for (int64_t row = 0; row < p->table[OKRUG_PACK_FACILITIES]->rows; row++) {
        if (is_own_facility(p, row)) {
            const char *name = okrug_pack_cell(p, OKRUG_PACK_FACILITIES, "name", row);
            int64_t r = okrug_table_add_row(table, 0);
            if (r < 0) {
                return OKRUG_NO_MEMORY;
            }
            name = name != NULL ? name : okrug_pack_cell(p, OKRUG_PACK_FACILITIES, "facility", row);
            OKRUG_TRY(okrug_pack_put(table, 0, r, okrug_pack_cell(p, OKRUG_PACK_FACILITIES, "kind", row)));
            OKRUG_TRY(okrug_pack_put(table, 1, r, name));
            OKRUG_TRY(okrug_pack_put(table, 2, r,
                                     okrug_pack_date(p, okrug_pack_cell(p, OKRUG_PACK_FACILITIES, "since", row))));
        }
    }
    if (table->rows == 0) {
        okrug_pack_say(p, OKRUG_BLOCK_TEXT, "pack.facilities-none", NULL, NULL);
        return OKRUG_OK;
    }
    return okrug_pack_tell(p, table, okrug_making_text(&p->m, "pack.facilities", NULL, NULL, NULL, NULL),
                           okrug_pack_source(p, OKRUG_PACK_FACILITIES));
}

typedef struct {
    int32_t word;
    double people, vacancies, retiring;
} occupation;

static int most_wanted_first(const void *left, const void *right) {
    const occupation *a = left;
    const occupation *b = right;
    double x = a->vacancies + a->retiring;
    double y = b->vacancies + b->retiring;
    return x != y ? (x > y ? -1 : 1) : (a->word < b->word ? -1 : 1);
}

static bool is_member(const okrug_pack *p, const char *code) {
    for (int i = 0; i < p->members; i++) {
        if (code != NULL && strcmp(p->member[i].code, code) == 0) {
            return true;
        }
    }
    return false;
}

static void sum_staff(const okrug_pack *p, const okrug_column *of, occupation *list) {
    const okrug_column *firm = okrug_pack_column(p, OKRUG_PACK_STAFF, "firm");
    for (int64_t r = 0; firm != NULL && r < p->table[OKRUG_PACK_STAFF]->rows; r++) {
        if (okrug_reason_at(of, r) == OKRUG_PRESENT && is_member(p, okrug_text_at(firm, r))) {
            const char *const names[] = {"people", "vacancies", "retiring"};
            double value[3];
            for (int i = 0; i < 3; i++) {
                value[i] = okrug_pack_number(p, OKRUG_PACK_STAFF, names[i], r);
                value[i] = isnan(value[i]) ? 0.0 : value[i];
            }
            list[of->word[r]].people += value[0];
            list[of->word[r]].vacancies += value[1];
            list[of->word[r]].retiring += value[2];
        }
    }
}

/* What people the participants lack: that is asked of colleges and universities. */
static okrug_status add_people(okrug_pack *p) {
    enum { TOLD = 15 };
    static const okrug_pack_field fields[] = {{"occupation", OKRUG_TEXT, OKRUG_UNIT_NONE},
                                              {"people", OKRUG_NUMBER, OKRUG_UNIT_PERSON},
                                              {"vacancies", OKRUG_NUMBER, OKRUG_UNIT_PERSON},
                                              {"retiring", OKRUG_NUMBER, OKRUG_UNIT_PERSON}};
    const okrug_column *of = okrug_pack_column(p, OKRUG_PACK_STAFF, "occupation");
    okrug_table *table = NULL;
    if (of == NULL) {
        return OKRUG_OK;
    }
    int32_t words = okrug_words_count(of->words);
    occupation *list = OKRUG_SCRATCH_ZERO(p->m.ctx, words + 1, occupation);
    if (list == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int32_t w = 0; w < words; w++) {
        list[w].word = w;
    }
    sum_staff(p, of, list);
    qsort(list, (size_t)words, sizeof *list, most_wanted_first);
    OKRUG_TRY(okrug_pack_new_table(p, fields, OKRUG_COUNT_OF(fields), &table));
    for (int32_t w = 0; w < words && w < TOLD && list[w].vacancies + list[w].retiring > 0.0; w++) {
        int64_t r = okrug_table_add_row(table, 0);
        if (r < 0) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(okrug_pack_put(table, 0, r, okrug_words_text(of->words, list[w].word)));
        OKRUG_TRY(okrug_set_number(table, 1, r, list[w].people));
        OKRUG_TRY(okrug_set_number(table, 2, r, list[w].vacancies));
        OKRUG_TRY(okrug_set_number(table, 3, r, list[w].retiring));
    }
    return table->rows == 0 ? OKRUG_OK
                            : okrug_pack_tell(p, table, okrug_making_text(&p->m, "pack.people", NULL, NULL, NULL, NULL),
                                              okrug_pack_source(p, OKRUG_PACK_STAFF));
}

okrug_status okrug_pack_infrastructure(okrug_pack *p) {
    okrug_pack_say(p, OKRUG_BLOCK_HEADING, "pack.infrastructure", NULL, NULL);
    if (p->table[OKRUG_PACK_FACILITIES] == NULL) {
        okrug_pack_absent(p, OKRUG_PACK_FACILITIES);
    } else {
        OKRUG_TRY(add_facilities(p));
    }
    okrug_pack_say(p, OKRUG_BLOCK_TEXT, "pack.infrastructure-text", NULL, NULL);
    return add_people(p);
}
