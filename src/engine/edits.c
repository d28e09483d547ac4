/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Edits in the provenance, as a chain of hashes: each is made of the one before and of the edit, so that whatever was
 * computed from the dataset is seen to be of another state.
 */
#include "engine/edits.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <okrug/hash.h>
#include <okrug/number.h>

/* Where `"edits"` stands in a provenance, which is always its last member; its end where there is none. */
static size_t find_edits(const char *provenance, int64_t *count, char hash[OKRUG_HASH_TEXT]) {
    static const char member[] = "\"edits\":{\"count\":";
    const char *last = NULL;
    for (const char *at = strstr(provenance, member); at != NULL; at = strstr(at + 1, member)) {
        last = at;
    }
    static const char next[] = ",\"sha256\":\"";
    char *end = NULL;
    *count = last != NULL ? strtoll(last + strlen(member), &end, 10) : 0;
    if (*count > 0 && strncmp(end, next, strlen(next)) == 0) {
        const char *sum = end + strlen(next);
        if (strspn(sum, "0123456789abcdef") == OKRUG_HASH_TEXT - 1 && strcmp(sum + OKRUG_HASH_TEXT - 1, "\"}}") == 0) {
            memcpy(hash, sum, OKRUG_HASH_TEXT - 1);
            hash[OKRUG_HASH_TEXT - 1] = '\0';
            return (size_t)(last - provenance);
        }
    }
    *count = 0;
    hash[0] = '\0';
    return strlen(provenance) - 1; /* the bracket */
}

static void hash_cell(okrug_hash *hash, const okrug_column *column) {
    char number[OKRUG_NUMBER_TEXT] = "";
    okrug_reason reason = okrug_reason_at(column, 0);
    const char *text = reason != OKRUG_PRESENT ? okrug_reason_code(reason) : number;
    if (reason == OKRUG_PRESENT && column->type == OKRUG_NUMBER) {
        okrug_number_write(column->number[0], number);
    } else if (reason == OKRUG_PRESENT) {
        text = okrug_text_at(column, 0);
    }
    okrug_hash_add(hash, column->name, strlen(column->name) + 1);
    okrug_hash_add(hash, reason == OKRUG_PRESENT ? "=" : "?", 1);
    okrug_hash_add(hash, text, strlen(text) + 1);
}

typedef struct {
    okrug_ctx *ctx;
    const char *before;
    size_t length; /* of what stands before the edits */
    int64_t count;
    char sum[OKRUG_HASH_TEXT];
    okrug_hash *hash;
} edits;

static okrug_status begin(okrug_ctx *ctx, const char *provenance, edits *e) {
    *e = (edits){.ctx = ctx, .before = provenance != NULL && provenance[0] == '{' ? provenance : "{}"};
    e->length = find_edits(e->before, &e->count, e->sum);
    e->hash = okrug_hash_new();
    if (e->hash == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_hash_add(e->hash, e->sum, strlen(e->sum) + 1);
    return OKRUG_OK;
}

static okrug_status end(edits *e, int64_t more, const char **next) {
    okrug_hash_finish(e->hash, e->sum);
    okrug_hash_free(e->hash);
    const char *comma = e->before[e->length - 1] == ',' || e->before[e->length - 1] == '{' ? "" : ",";
    *next = okrug_text(e->ctx, "%.*s%s\"edits\":{\"count\":%" PRId64 ",\"sha256\":\"%s\"}}", (int)e->length, e->before,
                       comma, e->count + more, e->sum);
    return (*next)[0] != '\0' ? OKRUG_OK : OKRUG_NO_MEMORY;
}

okrug_status okrug_edits_row(okrug_ctx *ctx, const char *provenance, const okrug_table *row, bool remove,
                             const char **next) {
    edits e;
    OKRUG_TRY(begin(ctx, provenance, &e));
    okrug_hash_add(e.hash, remove ? "-" : "+", 1);
    for (int c = 0; c < row->columns; c++) {
        hash_cell(e.hash, &row->column[c]);
    }
    return end(&e, 1, next);
}

okrug_status okrug_edits_recoded(okrug_ctx *ctx, const char *provenance, const char *column, const char *from,
                                 const char *to, int64_t rows, const char **next) {
    const char *const texts[] = {column, from, to};
    edits e;
    OKRUG_TRY(begin(ctx, provenance, &e));
    okrug_hash_add(e.hash, "*", 1);
    for (int i = 0; i < 3; i++) {
        okrug_hash_add(e.hash, texts[i], strlen(texts[i]) + 1);
    }
    return end(&e, rows, next);
}
