/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * duplicates: rows of a list of firms that may be one firm, each pair with its reason; nothing is merged here.
 */
#include "analyses/duplicates_rows.h"
#include "analyses/list.h"
#include "analyses/result.h"

static const okrug_role input_roles[] = {
    OKRUG_TEXT_ROLE("firm", KEY, ANY),         OKRUG_TEXT_ROLE("name", REQUIRED, ANY),
    OKRUG_TEXT_ROLE("inn", OPTIONAL, INN),     OKRUG_TEXT_ROLE("ogrn", OPTIONAL, OGRN),
    OKRUG_TEXT_ROLE("kpp", OPTIONAL, KPP),     OKRUG_TEXT_ROLE("region", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("address", OPTIONAL, ANY),
};
static const okrug_input inputs[] = {
    {"input", OKRUG_SHAPE_TIDY, true, false, input_roles, OKRUG_COUNT_OF(input_roles)},
};

#define DUPLICATES_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                      \
    INTEGER(letters, "letters", 6, 3, 100, COUNT)                                                                      \
    INTEGER(shared, "shared", 2, 2, 1000000, COUNT)
typedef struct {
    OKRUG_PARAMETER_FIELDS(DUPLICATES_PARAMETERS)
} duplicates_parameters;
#define OKRUG_PARAMETERS duplicates_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(DUPLICATES_PARAMETERS)};

static const okrug_output_column group_columns[] = {
    {"group", OKRUG_NUMBER, OKRUG_UNIT_RANK, "firms that certain and likely pairs join"},
    {"firm", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"firms", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "of the group"},
};
static const okrug_output_column address_columns[] = {
    {"address", OKRUG_TEXT, OKRUG_UNIT_NONE, "as the first of them writes it"},
    {"firms", OKRUG_NUMBER, OKRUG_UNIT_COUNT, NULL},
};
enum { PAIRS, GROUPS, ADDRESSES };
static const okrug_output outputs[] = {
    [PAIRS] = {"pairs", okrug_duplicates_pair_columns, OKRUG_DUPLICATES_PAIR_COLUMNS},
    [GROUPS] = {"groups", group_columns, OKRUG_COUNT_OF(group_columns)},
    [ADDRESSES] = {"shared-addresses", address_columns, OKRUG_COUNT_OF(address_columns)},
};

static const char *const references[] = {
    "Fellegi, I. P., Sunter, A. B. (1969). A theory for record linkage. Journal of the American Statistical "
    "Association "
    "64(328).",
    "Mor, M., Fraenkel, A. S. (1982). A hash code method for detecting and correcting spelling errors. Communications "
    "of the ACM 25(12): candidates by deleting a letter.",
    NULL,
};

/* ---- Groups and addresses ---- */

static okrug_status write_groups(const okrug_duplicates *s, okrug_table *table) {
    int64_t *size = OKRUG_SCRATCH_ZERO(s->ctx, s->rows, int64_t),
            *number = OKRUG_SCRATCH_ZERO(s->ctx, s->rows, int64_t);
    int64_t groups = 0;
    if (size == NULL || number == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t row = 0; row < s->rows; row++) {
        size[okrug_duplicates_root(s, row)]++;
    }
    for (int64_t row = 0; row < s->rows; row++) {
        int64_t root = okrug_duplicates_root(s, row);
        if (size[root] < 2) {
            continue;
        }
        number[root] = number[root] == 0 ? ++groups : number[root];
        int64_t to = okrug_table_add_row(table, 0);
        if (to < 0) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(okrug_set_number(table, 0, to, (double)number[root]));
        OKRUG_TRY(okrug_result_text(table, 1, to, okrug_text_at(okrug_table_column(s->table, "firm"), row)));
        OKRUG_TRY(okrug_set_number(table, 2, to, (double)size[root]));
    }
    return OKRUG_OK;
}

static okrug_status write_addresses(const okrug_duplicates *s, int64_t shared, okrug_table *table) {
    int64_t places = okrug_words_count(s->place);
    okrug_duplicates_link(s, s->place_of, places);
    for (int64_t w = 0; w < places; w++) {
        int64_t count = 0;
        for (int64_t row = s->first[w]; row >= 0; row = s->next[row]) {
            count++;
        }
        if (count < shared) {
            continue;
        }
        int64_t to = okrug_table_add_row(table, 0);
        if (to < 0) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(okrug_result_text(table, 0, to, okrug_text_at(okrug_table_column(s->table, "address"), s->first[w])));
        OKRUG_TRY(okrug_set_number(table, 1, to, (double)count));
    }
    return OKRUG_OK;
}

static okrug_status compute(okrug_duplicates *s, const duplicates_parameters *p, okrug_dataset *result) {
    okrug_table *table[OKRUG_COUNT_OF(outputs)] = {NULL};
    for (int k = 0; k < OKRUG_COUNT_OF(outputs); k++) {
        OKRUG_TRY(okrug_result_table(result, &outputs[k], OKRUG_UNIT_NONE, 0, &table[k]));
    }
    s->pairs = table[PAIRS];
    OKRUG_TRY(okrug_duplicates_normalise(s));
    OKRUG_TRY(okrug_duplicates_pair(s, p->letters));
    OKRUG_TRY(write_groups(s, table[GROUPS]));
    return write_addresses(s, p->shared, table[ADDRESSES]);
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const okrug_table *table = job->input[0];
    if (table->rows == 0) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-rows", &(okrug_place){.file = table->file}, (char *)NULL);
    }
    int64_t n = table->rows, most = n;
    for (int c = 0; c < table->columns; c++) { /* words of rows that were left out stay */
        int64_t words = table->column[c].type == OKRUG_TEXT ? okrug_words_count(table->column[c].words) : 0;
        most = words > most ? words : most;
    }
    okrug_duplicates s = {.ctx = ctx,
                          .table = table,
                          .rows = n,
                          .name = okrug_words_new(),
                          .place = okrug_words_new(),
                          .form = okrug_words_new(),
                          .name_of = OKRUG_SCRATCH(ctx, n, int32_t),
                          .place_of = OKRUG_SCRATCH(ctx, n, int32_t),
                          .form_of = OKRUG_SCRATCH(ctx, n, int32_t),
                          .next = OKRUG_SCRATCH(ctx, n, int64_t),
                          .first = OKRUG_SCRATCH(ctx, most, int64_t),
                          .root = OKRUG_SCRATCH(ctx, n, int64_t)};
    bool all = s.name != NULL && s.place != NULL && s.form != NULL && s.form_of != NULL && s.name_of != NULL &&
               s.place_of != NULL && s.next != NULL && s.first != NULL && s.root != NULL;
    okrug_status status = all ? compute(&s, job->parameters, result) : OKRUG_NO_MEMORY;
    okrug_words_free(s.name);
    okrug_words_free(s.place);
    okrug_words_free(s.form);
    return status;
}

OKRUG_ANALYSIS_WITHOUT_GRAIN(duplicates, "duplicates", "O(firms * letters log(firms * letters))", "each-alone");
