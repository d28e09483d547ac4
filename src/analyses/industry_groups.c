/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Industries -> groups of industries.
 */
#include "analyses/industry_groups.h"

#include <string.h>

/* Numbers the texts of each industry (NULL: none) in the order in which they come. */
static okrug_status number(okrug_ctx *ctx, const okrug_panel *panel, const char *const *text,
                           okrug_industry_groups *out) {
    int64_t industries = panel->industries;
    *out = (okrug_industry_groups){.of = OKRUG_SCRATCH(ctx, industries, int64_t),
                                   .name = OKRUG_SCRATCH(ctx, industries, const char *),
                                   .members = OKRUG_SCRATCH_ZERO(ctx, industries, int64_t)};
    if (out->of == NULL || out->name == NULL || out->members == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_words *names = okrug_words_new();
    okrug_status status = names != NULL ? OKRUG_OK : okrug_fail(ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
    for (int64_t i = 0; status == OKRUG_OK && i < industries; i++) {
        out->of[i] = -1;
        if (text[i] == NULL) {
            out->first_without = out->without++ == 0 ? panel->industry[i] : out->first_without;
            continue;
        }
        int32_t word = okrug_words_add(names, text[i], strlen(text[i]));
        if (word < 0) {
            status = okrug_fail(ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
            continue;
        }
        out->of[i] = word;
        out->name[word] = text[i];
        out->members[word]++;
        out->groups = okrug_words_count(names);
    }
    okrug_words_free(names);
    return status;
}

okrug_status okrug_industry_groups_read(okrug_ctx *ctx, const okrug_table *table, const okrug_panel *panel,
                                        okrug_industry_groups *out) {
    const okrug_column *industry = okrug_table_column(table, "industry");
    const okrug_column *group = okrug_table_column(table, "group");
    int64_t *row_of = OKRUG_SCRATCH(ctx, okrug_words_count(industry->words) + 1, int64_t);
    const char **text = OKRUG_SCRATCH(ctx, panel->industries, const char *);
    if (row_of == NULL || text == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < table->rows; r++) {
        row_of[industry->word[r]] = r;
    }
    for (int64_t i = 0; i < panel->industries; i++) {
        int32_t word = okrug_words_find(industry->words, panel->industry[i], strlen(panel->industry[i]));
        text[i] = word < 0 ? NULL : okrug_text_at(group, row_of[word]);
    }
    return number(ctx, panel, text, out);
}

okrug_status okrug_industry_groups_cut(okrug_ctx *ctx, int64_t characters, const okrug_panel *panel,
                                       okrug_industry_groups *out) {
    const char **text = OKRUG_SCRATCH(ctx, panel->industries, const char *);
    if (text == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < panel->industries; i++) {
        const char *code = panel->industry[i];
        size_t length = 0;
        for (int64_t c = 0; c < characters && code[length] != '\0'; c++) {
            do { /* a character is a byte and those that continue it */
                length++;
            } while (((unsigned char)code[length] & 0xC0) == 0x80);
        }
        text[i] = okrug_text(ctx, "%.*s", (int)length, code);
    }
    return number(ctx, panel, text, out);
}
