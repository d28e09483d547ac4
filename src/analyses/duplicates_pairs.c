/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pairs of rows that may be one firm, each with its reason: by number, by normal name, by a name that differs by a
 * letter.
 */
#include <stdlib.h>
#include <string.h>

#include <okrug/text.h>

#include "analyses/confidence.h"
#include "analyses/duplicates_rows.h"
#include "analyses/firm_name.h"
#include "analyses/result.h"

enum { FIRM_A, FIRM_B, REASON, SIMILARITY, CONFIDENCE, SAME_ADDRESS, NAME_A, NAME_B, NORMAL_A, NORMAL_B };
const okrug_output_column okrug_duplicates_pair_columns[OKRUG_DUPLICATES_PAIR_COLUMNS] = {
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
/* The word of a column that may not be there; -1: missing. */
static int32_t word_of(const okrug_duplicates *s, const char *column, int64_t row) {
    const okrug_column *of = okrug_table_column(s->table, column);
    return of == NULL ? -1 : of->word[row];
}

static double similarity(const okrug_duplicates *s, int64_t a, int64_t b) {
    const char *one = okrug_words_text(s->name, s->name_of[a]), *other = okrug_words_text(s->name, s->name_of[b]);
    if (one == NULL || other == NULL) {
        return 0.0;
    }
    size_t length = strlen(one) > strlen(other) ? strlen(one) : strlen(other);
    return 1.0 - (double)okrug_text_distance(one, other) / (double)length;
}

static okrug_status add_pair(const okrug_duplicates *s, int64_t a, int64_t b, const char *because,
                             okrug_confidence sure) {
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
        OKRUG_TRY(
            okrug_result_text(s->pairs, FIRM_A + k, row, okrug_text_at(okrug_table_column(s->table, "firm"), firm[k])));
        OKRUG_TRY(
            okrug_result_text(s->pairs, NAME_A + k, row, okrug_text_at(okrug_table_column(s->table, "name"), firm[k])));
        OKRUG_TRY(okrug_result_text(s->pairs, NORMAL_A + k, row, key == NULL ? NULL : normal));
    }
    OKRUG_TRY(okrug_result_text(s->pairs, REASON, row, because));
    OKRUG_TRY(okrug_set_number(s->pairs, SIMILARITY, row, similarity(s, a, b)));
    OKRUG_TRY(okrug_result_text(s->pairs, CONFIDENCE, row, okrug_confidence_codes[sure]));
    OKRUG_TRY(okrug_result_text(s->pairs, SAME_ADDRESS, row, same));
    if (sure != OKRUG_UNVERIFIED) {
        int64_t one = okrug_duplicates_root(s, a), other = okrug_duplicates_root(s, b);
        s->root[one > other ? one : other] = one > other ? other : one;
    }
    return OKRUG_OK;
}

/* Each with the first that bears the number. With another KPP it is a branch of the same firm, not written down twice.
 */
static okrug_status pair_by_number(okrug_duplicates *s, const char *column, const char *because) {
    const okrug_column *of = okrug_table_column(s->table, column);
    if (of == NULL) {
        return OKRUG_OK;
    }
    okrug_duplicates_link(s, of->word, okrug_words_count(of->words));
    for (int32_t w = 0; w < okrug_words_count(of->words); w++) {
        int64_t a = s->first[w];
        for (int64_t b = a < 0 ? -1 : s->next[a]; b >= 0; b = s->next[b]) {
            int32_t one = word_of(s, "kpp", a), other = word_of(s, "kpp", b);
            bool branch = one >= 0 && other >= 0 && one != other;
            if (okrug_duplicates_root(s, a) != okrug_duplicates_root(s, b)) {
                OKRUG_TRY(add_pair(s, a, b, branch ? "branch" : because, branch ? OKRUG_UNVERIFIED : OKRUG_CERTAIN));
            }
        }
    }
    return OKRUG_OK;
}

/* Whether numbers that both have say that they are two. */
static bool are_told_apart(const okrug_duplicates *s, int64_t a, int64_t b) {
    static const char *const numbers[] = {"inn", "ogrn"};
    for (int k = 0; k < OKRUG_COUNT_OF(numbers); k++) {
        int32_t one = word_of(s, numbers[k], a), other = word_of(s, numbers[k], b);
        if (one >= 0 && other >= 0) {
            return one != other;
        }
    }
    return false;
}

static bool are_of_one_region(const okrug_duplicates *s, int64_t a, int64_t b) {
    int32_t one = word_of(s, "region", a), other = word_of(s, "region", b);
    return one >= 0 && one == other;
}

enum { ANY_FORM = -2 };

static bool has_form(const okrug_duplicates *s, int64_t row, int32_t form) {
    return form == ANY_FORM || s->form_of[row] == form;
}

/* Each with the first of the name and form, one with a number if there is one: so a name of many firms gives few pairs.
 * Where several firms bear the name, to which of them a row without a number belongs is not known. */
static okrug_status pair_by_form(const okrug_duplicates *s, int64_t first, int32_t form, int64_t *anchor_of_form) {
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
            okrug_duplicates_root(s, anchor) == okrug_duplicates_root(s, row)) {
            continue;
        }
        bool likely = !several && are_of_one_region(s, anchor, row);
        int64_t a = anchor < row ? anchor : row, b = anchor < row ? row : anchor;
        OKRUG_TRY(add_pair(s, a, b, "same-name", likely ? OKRUG_LIKELY : OKRUG_UNVERIFIED));
    }
    *anchor_of_form = anchor;
    return OKRUG_OK;
}

/* An ООО and an АО of one name are two firms, unless one was made of the other: pairs within forms, then one of each
 * with the first. A row that tells no form belongs to any of them. */
static okrug_status pair_by_name(const okrug_duplicates *s, int64_t first) {
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
        if (!are_told_apart(s, anchor, other) && okrug_duplicates_root(s, anchor) != okrug_duplicates_root(s, other)) {
            int64_t a = anchor < other ? anchor : other, b = anchor < other ? other : anchor;
            OKRUG_TRY(add_pair(s, a, b, f < 0 ? "same-name" : "other-form", OKRUG_UNVERIFIED));
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

static okrug_status pair_similar(const okrug_duplicates *s, int32_t one, int32_t other) {
    for (int64_t a = s->first[one]; a >= 0; a = s->next[a]) {
        for (int64_t b = s->first[other]; b >= 0; b = s->next[b]) {
            if (are_of_one_region(s, a, b) && !are_told_apart(s, a, b) &&
                okrug_duplicates_root(s, a) != okrug_duplicates_root(s, b)) {
                return add_pair(s, a < b ? a : b, a < b ? b : a, "similar-name", OKRUG_UNVERIFIED);
            }
        }
    }
    return OKRUG_OK;
}

static okrug_status pair_by_similarity(okrug_duplicates *s, int64_t letters) {
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

okrug_status okrug_duplicates_pair(okrug_duplicates *s, int64_t letters) {
    OKRUG_TRY(pair_by_number(s, "inn", "same-inn"));
    OKRUG_TRY(pair_by_number(s, "ogrn", "same-ogrn"));
    OKRUG_TRY(okrug_check_cancel(s->ctx));
    okrug_duplicates_link(s, s->name_of, okrug_words_count(s->name));
    for (int32_t w = 0; w < okrug_words_count(s->name); w++) {
        OKRUG_TRY(pair_by_name(s, s->first[w]));
    }
    OKRUG_TRY(okrug_check_cancel(s->ctx));
    return pair_by_similarity(s, letters);
}
