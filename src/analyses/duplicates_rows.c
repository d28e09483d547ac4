/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows of a list of firms by their normal names, addresses and forms of ownership.
 */
#include "analyses/duplicates_rows.h"

#include <string.h>

#include "analyses/firm_name.h"

int64_t okrug_duplicates_root(const okrug_duplicates *s, int64_t row) {
    while (s->root[row] != row) {
        s->root[row] = s->root[s->root[row]];
        row = s->root[row];
    }
    return row;
}

static okrug_status add_word(okrug_words *words, const char *key, int32_t *word) {
    *word = key[0] == '\0' ? -1 : okrug_words_add(words, key, strlen(key));
    return key[0] != '\0' && *word < 0 ? OKRUG_NO_MEMORY : OKRUG_OK;
}

/* Forms that one firm may have had one after the other, or in two languages, count as one: since 2014 an open company
 * is a public or a plain one. */
static okrug_status join_families(okrug_duplicates *s) {
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

okrug_status okrug_duplicates_normalise(okrug_duplicates *s) {
    const okrug_column *name = okrug_table_column(s->table, "name"), *address = okrug_table_column(s->table, "address");
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

void okrug_duplicates_link(const okrug_duplicates *s, const int32_t *word, int64_t words) {
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
