/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * duplicates: rows of a list of firms that may be one firm, each pair with its reason; nothing is merged here.
 */
#include <stdlib.h>
#include <string.h>

#include <okrug/text.h>

#include "analyses/firm_name.h"
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

enum { FIRM_A, FIRM_B, REASON, SIMILARITY, CONFIDENCE, SAME_ADDRESS, NAME_A, NAME_B, NORMAL_A, NORMAL_B };
static const okrug_output_column pair_columns[] = {
    [FIRM_A] = {"firm_a", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [FIRM_B] = {"firm_b", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [REASON] = {"because", OKRUG_TEXT, OKRUG_UNIT_NONE,
                "same-inn, same-ogrn, branch, same-name, other-form, similar-name"},
    [SIMILARITY] = {"similarity", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "of the names: 1 - letters that differ / letters"},
    [CONFIDENCE] = {"confidence", OKRUG_TEXT, OKRUG_UNIT_NONE, "certain, likely, unverified"},
    [SAME_ADDRESS] = {"same_address", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [NAME_A] = {"name_a", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [NAME_B] = {"name_b", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [NORMAL_A] = {"normal_a", OKRUG_TEXT, OKRUG_UNIT_NONE, "name_a without case, form, quotes, order of words"},
    [NORMAL_B] = {"normal_b", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
};
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
    [PAIRS] = {"pairs", pair_columns, OKRUG_COUNT_OF(pair_columns)},
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

typedef enum { CERTAIN, LIKELY, UNVERIFIED } confidence;
static const char *const confidence_codes[] = {"certain", "likely", "unverified"};

typedef struct {
    okrug_ctx *ctx;
    const okrug_table *table;
    int64_t rows;
    okrug_words *name, *place, *form;      /* normal names and addresses, forms of ownership; owned */
    int32_t *name_of, *place_of, *form_of; /* rows: -1: none */
    int64_t *next, *first;                 /* rows of one word, a list: by row, by word */
    int64_t *root;                         /* rows: groups by union */
    okrug_table *pairs;
} state;

static const okrug_column *column_of(const state *s, const char *name) {
    return okrug_table_column(s->table, name);
}

/* The word of a column that may not be there; -1: missing. */
static int32_t word_of(const state *s, const char *column, int64_t row) {
    const okrug_column *of = column_of(s, column);
    return of == NULL ? -1 : of->word[row];
}

static int64_t root_of(const state *s, int64_t row) {
    while (s->root[row] != row) {
        s->root[row] = s->root[s->root[row]];
        row = s->root[row];
    }
    return row;
}

/* ---- Normal names ---- */

static okrug_status add_word(okrug_words *words, const char *key, int32_t *word) {
    *word = key[0] == '\0' ? -1 : okrug_words_add(words, key, strlen(key));
    return key[0] != '\0' && *word < 0 ? OKRUG_NO_MEMORY : OKRUG_OK;
}

/* Forms that one firm may have had one after the other, or in two languages, count as one: since 2014 an open company
 * is a public or a plain one. */
static okrug_status join_families(state *s) {
    static const char *const families[][2] = {{"ПАО", "АО"}, {"ОАО", "АО"}, {"ЗАО", "АО"},
                                              {"НАО", "АО"}, {"JSC", "АО"}, {"LLC", "ООО"}};
    for (int i = 0; i < OKRUG_COUNT_OF(families); i++) {
        okrug_firm_name member, family;
        okrug_firm_name_read(families[i][0], &member);
        okrug_firm_name_read(families[i][1], &family);
        int32_t from = okrug_words_find(s->form, member.form, strlen(member.form)), to = -1;
        OKRUG_TRY(add_word(s->form, family.form, &to));
        for (int64_t row = 0; from >= 0 && row < s->rows; row++) {
            s->form_of[row] = s->form_of[row] == from ? to : s->form_of[row];
        }
    }
    return OKRUG_OK;
}

static okrug_status normalise(state *s) {
    const okrug_column *name = column_of(s, "name"), *address = column_of(s, "address");
    for (int64_t row = 0; row < s->rows; row++) {
        okrug_firm_name read;
        char place[OKRUG_FIRM_NAME];
        const char *text = okrug_text_at(name, row);
        const char *where = address == NULL ? NULL : okrug_text_at(address, row);
        okrug_firm_name_read(text == NULL ? "" : text, &read);
        okrug_address_read(where == NULL ? "" : where, place);
        OKRUG_TRY(add_word(s->name, read.key, &s->name_of[row]));
        OKRUG_TRY(add_word(s->form, read.form, &s->form_of[row]));
        OKRUG_TRY(add_word(s->place, place, &s->place_of[row]));
        s->root[row] = row;
    }
    return join_families(s);
}

/* Rows with the same word, linked in their order: first by word, next by row; -1 ends a list. */
static void link_rows(const state *s, const int32_t *word, int64_t words) {
    for (int64_t w = 0; w < words; w++) {
        s->first[w] = -1;
    }
    for (int64_t row = s->rows - 1; row >= 0; row--) {
        if (word[row] >= 0) {
            s->next[row] = s->first[word[row]];
            s->first[word[row]] = row;
        }
    }
}

/* ---- Pairs ---- */

static double similarity(const state *s, int64_t a, int64_t b) {
    const char *one = okrug_words_text(s->name, s->name_of[a]), *other = okrug_words_text(s->name, s->name_of[b]);
    if (one == NULL || other == NULL) {
        return 0.0;
    }
    size_t length = strlen(one) > strlen(other) ? strlen(one) : strlen(other);
    return 1.0 - (double)okrug_text_distance(one, other) / (double)length;
}

static okrug_status add_pair(const state *s, int64_t a, int64_t b, const char *because, confidence sure) {
    int64_t row = okrug_table_add_row(s->pairs, 0);
    if (row < 0) {
        return OKRUG_NO_MEMORY;
    }
    const int64_t firm[2] = {a, b};
    bool placed = s->place_of[a] >= 0 && s->place_of[b] >= 0;
    const char *same = !placed ? NULL : s->place_of[a] == s->place_of[b] ? "yes" : "no";
    for (int k = 0; k < 2; k++) {
        char normal[2 * OKRUG_FIRM_NAME];
        const char *key = okrug_words_text(s->name, s->name_of[firm[k]]);
        okrug_firm_key_text(key == NULL ? "" : key, normal);
        OKRUG_TRY(okrug_result_text(s->pairs, FIRM_A + k, row, okrug_text_at(column_of(s, "firm"), firm[k])));
        OKRUG_TRY(okrug_result_text(s->pairs, NAME_A + k, row, okrug_text_at(column_of(s, "name"), firm[k])));
        OKRUG_TRY(okrug_result_text(s->pairs, NORMAL_A + k, row, key == NULL ? NULL : normal));
    }
    OKRUG_TRY(okrug_result_text(s->pairs, REASON, row, because));
    OKRUG_TRY(okrug_set_number(s->pairs, SIMILARITY, row, similarity(s, a, b)));
    OKRUG_TRY(okrug_result_text(s->pairs, CONFIDENCE, row, confidence_codes[sure]));
    OKRUG_TRY(okrug_result_text(s->pairs, SAME_ADDRESS, row, same));
    if (sure != UNVERIFIED) {
        int64_t one = root_of(s, a), other = root_of(s, b);
        s->root[one > other ? one : other] = one > other ? other : one;
    }
    return OKRUG_OK;
}

/* Each with the first that bears the number. With another KPP it is a branch of the same firm, not written down twice.
 */
static okrug_status pair_by_number(state *s, const char *column, const char *because) {
    const okrug_column *of = column_of(s, column);
    if (of == NULL) {
        return OKRUG_OK;
    }
    link_rows(s, of->word, okrug_words_count(of->words));
    for (int32_t w = 0; w < okrug_words_count(of->words); w++) {
        int64_t a = s->first[w];
        for (int64_t b = a < 0 ? -1 : s->next[a]; b >= 0; b = s->next[b]) {
            int32_t one = word_of(s, "kpp", a), other = word_of(s, "kpp", b);
            bool branch = one >= 0 && other >= 0 && one != other;
            if (root_of(s, a) != root_of(s, b)) {
                OKRUG_TRY(add_pair(s, a, b, branch ? "branch" : because, branch ? UNVERIFIED : CERTAIN));
            }
        }
    }
    return OKRUG_OK;
}

/* Whether numbers that both have say that they are two. */
static bool are_told_apart(const state *s, int64_t a, int64_t b) {
    static const char *const numbers[] = {"inn", "ogrn"};
    for (int k = 0; k < OKRUG_COUNT_OF(numbers); k++) {
        int32_t one = word_of(s, numbers[k], a), other = word_of(s, numbers[k], b);
        if (one >= 0 && other >= 0) {
            return one != other;
        }
    }
    return false;
}

static bool are_of_one_region(const state *s, int64_t a, int64_t b) {
    int32_t one = word_of(s, "region", a), other = word_of(s, "region", b);
    return one >= 0 && one == other;
}

enum { ANY_FORM = -2 };

static bool has_form(const state *s, int64_t row, int32_t form) {
    return form == ANY_FORM || s->form_of[row] == form;
}

/* Each with the first of the name and form, one with a number if there is one: so a name of many firms gives few pairs.
 * Where several firms bear the name, to which of them a row without a number belongs is not known. */
static okrug_status pair_by_form(const state *s, int64_t first, int32_t form, int64_t *anchor_of_form) {
    int64_t anchor = -1;
    bool several = false;
    for (int64_t row = first; row >= 0; row = s->next[row]) {
        bool numbered = word_of(s, "inn", row) >= 0 || word_of(s, "ogrn", row) >= 0;
        bool anchored = anchor >= 0 && (word_of(s, "inn", anchor) >= 0 || word_of(s, "ogrn", anchor) >= 0);
        anchor = has_form(s, row, form) && (anchor < 0 || (numbered && !anchored)) ? row : anchor;
    }
    for (int64_t row = first; row >= 0; row = s->next[row]) {
        several = several || (has_form(s, row, form) && are_told_apart(s, anchor, row));
    }
    for (int64_t row = first; row >= 0; row = s->next[row]) {
        if (!has_form(s, row, form) || row == anchor || are_told_apart(s, anchor, row) ||
            root_of(s, anchor) == root_of(s, row)) {
            continue;
        }
        bool likely = !several && are_of_one_region(s, anchor, row);
        int64_t a = anchor < row ? anchor : row, b = anchor < row ? row : anchor;
        OKRUG_TRY(add_pair(s, a, b, "same-name", likely ? LIKELY : UNVERIFIED));
    }
    *anchor_of_form = anchor;
    return OKRUG_OK;
}

/* An ООО and an АО of one name are two firms, unless one was made of the other: pairs within forms, then one of each
 * with the first. A row that tells no form belongs to any of them. */
static okrug_status pair_by_name(const state *s, int64_t first) {
    int32_t form = -1;
    bool forms = false;
    int64_t anchor = -1;
    for (int64_t row = first; row >= 0; row = s->next[row]) {
        forms = forms || (form >= 0 && s->form_of[row] >= 0 && s->form_of[row] != form);
        form = form < 0 ? s->form_of[row] : form;
    }
    if (first < 0 || !forms) {
        return first < 0 ? OKRUG_OK : pair_by_form(s, first, ANY_FORM, &anchor);
    }
    OKRUG_TRY(pair_by_form(s, first, form, &anchor));
    for (int32_t f = -1; f < okrug_words_count(s->form); f++) {
        int64_t other = -1;
        for (int64_t row = first; row >= 0 && other < 0; row = s->next[row]) {
            other = f != form && s->form_of[row] == f ? row : -1;
        }
        if (other < 0) {
            continue;
        }
        OKRUG_TRY(pair_by_form(s, first, f, &other));
        if (!are_told_apart(s, anchor, other) && root_of(s, anchor) != root_of(s, other)) {
            int64_t a = anchor < other ? anchor : other, b = anchor < other ? other : anchor;
            OKRUG_TRY(add_pair(s, a, b, f < 0 ? "same-name" : "other-form", UNVERIFIED));
        }
    }
    return OKRUG_OK;
}

/* ---- Names that differ by one letter: with it taken out, one is the other or both are the same ---- */

typedef struct {
    uint64_t hash;
    int32_t name;
} shortened;

static int by_hash(const void *left, const void *right) {
    const shortened *a = left, *b = right;
    return a->hash != b->hash ? (a->hash < b->hash ? -1 : 1) : (a->name > b->name) - (a->name < b->name);
}

/* FNV-1a of the text without the byte at `left_out`. */
static uint64_t hash_without(const char *text, size_t length, size_t left_out) {
    uint64_t hash = 14695981039346656037U;
    for (size_t i = 0; i < length; i++) {
        hash = i == left_out ? hash : (hash ^ (unsigned char)text[i]) * 1099511628211U;
    }
    return hash;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* One letter more, less or other, and no digit among them: number 1 and number 2 are two. */
static bool are_similar(const char *a, const char *b) {
    size_t start = 0;
    while (a[start] != '\0' && a[start] == b[start]) {
        start++;
    }
    return okrug_text_distance(a, b) == 1 && !is_digit(a[start]) && !is_digit(b[start]);
}

static okrug_status pair_similar(const state *s, int32_t one, int32_t other) {
    for (int64_t a = s->first[one]; a >= 0; a = s->next[a]) {
        for (int64_t b = s->first[other]; b >= 0; b = s->next[b]) {
            if (are_of_one_region(s, a, b) && !are_told_apart(s, a, b) && root_of(s, a) != root_of(s, b)) {
                return add_pair(s, a < b ? a : b, a < b ? b : a, "similar-name", UNVERIFIED);
            }
        }
    }
    return OKRUG_OK;
}

static okrug_status pair_by_similarity(state *s, int64_t letters) {
    int64_t names = okrug_words_count(s->name), count = 0;
    for (int32_t w = 0; w < names; w++) {
        int64_t length = (int64_t)strlen(okrug_words_text(s->name, w));
        count += length >= letters ? length + 1 : 0;
    }
    shortened *list = OKRUG_SCRATCH(s->ctx, count, shortened);
    if (list == NULL) {
        return OKRUG_NO_MEMORY;
    }
    count = 0;
    for (int32_t w = 0; w < names; w++) {
        const char *text = okrug_words_text(s->name, w);
        size_t length = strlen(text);
        for (size_t k = 0; k <= length && (int64_t)length >= letters; k++) {
            if (k == 0 || k == length || text[k] != text[k - 1]) { /* of a doubled letter either may go */
                list[count++] = (shortened){hash_without(text, length, k), w};
            }
        }
    }
    qsort(list, (size_t)count, sizeof *list, by_hash);
    enum { NEAR = 64 }; /* more names in one place than slips of the pen can make: each is held against its next ones */
    for (int64_t i = 0; i < count; i++) {
        for (int64_t k = i + 1; k < count && k <= i + NEAR && list[k].hash == list[i].hash; k++) {
            int32_t one = list[i].name, other = list[k].name;
            if (one != other && are_similar(okrug_words_text(s->name, one), okrug_words_text(s->name, other))) {
                OKRUG_TRY(pair_similar(s, one, other));
            }
        }
    }
    return OKRUG_OK;
}

/* ---- Groups and addresses ---- */

static okrug_status write_groups(const state *s, okrug_table *table) {
    int64_t *size = OKRUG_SCRATCH_ZERO(s->ctx, s->rows, int64_t),
            *number = OKRUG_SCRATCH_ZERO(s->ctx, s->rows, int64_t);
    int64_t groups = 0;
    if (size == NULL || number == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t row = 0; row < s->rows; row++) {
        size[root_of(s, row)]++;
    }
    for (int64_t row = 0; row < s->rows; row++) {
        int64_t root = root_of(s, row);
        if (size[root] < 2) {
            continue;
        }
        number[root] = number[root] == 0 ? ++groups : number[root];
        int64_t to = okrug_table_add_row(table, 0);
        if (to < 0) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(okrug_set_number(table, 0, to, (double)number[root]));
        OKRUG_TRY(okrug_result_text(table, 1, to, okrug_text_at(column_of(s, "firm"), row)));
        OKRUG_TRY(okrug_set_number(table, 2, to, (double)size[root]));
    }
    return OKRUG_OK;
}

static okrug_status write_addresses(const state *s, int64_t shared, okrug_table *table) {
    int64_t places = okrug_words_count(s->place);
    link_rows(s, s->place_of, places);
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
        OKRUG_TRY(okrug_result_text(table, 0, to, okrug_text_at(column_of(s, "address"), s->first[w])));
        OKRUG_TRY(okrug_set_number(table, 1, to, (double)count));
    }
    return OKRUG_OK;
}

static okrug_status compute(state *s, const duplicates_parameters *p, okrug_dataset *result) {
    okrug_table *table[OKRUG_COUNT_OF(outputs)] = {NULL};
    for (int k = 0; k < OKRUG_COUNT_OF(outputs); k++) {
        OKRUG_TRY(okrug_result_table(result, &outputs[k], OKRUG_UNIT_NONE, 0, &table[k]));
    }
    s->pairs = table[PAIRS];
    OKRUG_TRY(normalise(s));
    OKRUG_TRY(pair_by_number(s, "inn", "same-inn"));
    OKRUG_TRY(pair_by_number(s, "ogrn", "same-ogrn"));
    OKRUG_TRY(okrug_check_cancel(s->ctx));
    link_rows(s, s->name_of, okrug_words_count(s->name));
    for (int32_t w = 0; w < okrug_words_count(s->name); w++) {
        OKRUG_TRY(pair_by_name(s, s->first[w]));
    }
    OKRUG_TRY(okrug_check_cancel(s->ctx));
    OKRUG_TRY(pair_by_similarity(s, p->letters));
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
    state s = {.ctx = ctx,
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

OKRUG_ANALYSIS(duplicates, "duplicates", "O(firms * letters log(firms * letters))");
