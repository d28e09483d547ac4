/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Codes of regions against those of the territories that are there: how many are the same, which are only on one side,
 * and which of these were probably meant to be the same.
 *
 * Pairs are told, never joined: the user mends the file or maps the codes. A pair must be the only one that fits.
 */
#include <string.h>

#include "engine/import.h"

enum { NEAR_MAX = 1000 };

/* ---- What makes codes the same to a reader ---- */

static void without_spaces(const char *code, okrug_buffer *out) {
    okrug_buffer_clear(out);
    for (; *code != '\0'; code++) {
        if (strncmp(code, "\xC2\xA0", 2) == 0) {
            code++;
        } else if (*code != ' ') {
            okrug_buffer_add(out, code, 1);
        }
    }
}

static void without_yo(const char *code, okrug_buffer *out) {
    okrug_buffer_clear(out);
    for (; *code != '\0'; code++) {
        bool small = strncmp(code, "ё", 2) == 0;
        if (small || strncmp(code, "Ё", 2) == 0) {
            okrug_buffer_add_text(out, small ? "е" : "Е");
            code++;
        } else {
            okrug_buffer_add(out, code, 1);
        }
    }
}

/* Names are written with a hyphen, a dash or a minus sign, as the typist had them. */
static void with_hyphens(const char *code, okrug_buffer *out) {
    static const char *const dashes[] = {"‐", "‑", "–", "—", "−"};
    okrug_buffer_clear(out);
    while (*code != '\0') {
        size_t length = 0;
        for (int i = 0; i < OKRUG_COUNT_OF(dashes) && length == 0; i++) {
            length = strncmp(code, dashes[i], strlen(dashes[i])) == 0 ? strlen(dashes[i]) : 0;
        }
        okrug_buffer_add(out, length > 0 ? "-" : code, 1);
        code += length > 0 ? length : 1;
    }
}

/* "г. Москва" */
static void without_city(const char *code, okrug_buffer *out) {
    static const char city[] = "г.";
    okrug_buffer_clear(out);
    okrug_buffer_add_text(out, strncmp(code, city, strlen(city)) == 0 ? code + strlen(city) : code);
}

static void without_zeros(const char *code, okrug_buffer *out) {
    okrug_buffer_clear(out);
    bool digits = code[0] != '\0' && strspn(code, "0123456789") == strlen(code);
    size_t zeros = digits ? strspn(code, "0") : 0;
    okrug_buffer_add_text(out, code + zeros);
}

/* OKTMO has 8 digits for a municipality and 11 for a settlement: those that end with 000 are the municipality. A zero
 * that was lost in front makes 7 or 10 of them. */
static void without_settlement(const char *code, okrug_buffer *out) {
    size_t length = strlen(code);
    bool long_form =
        (length == 11 || length == 10) && strspn(code, "0123456789") == length && strcmp(code + length - 3, "000") == 0;
    okrug_buffer_clear(out);
    okrug_buffer_add(out, code, long_form ? length - 3 : length);
}

enum { SPACES }; /* the first of: */
static const struct {
    const char *why;
    void (*apply)(const char *code, okrug_buffer *out);
} changes[] = {[SPACES] = {"space", without_spaces},
               {"yo", without_yo},
               {"dash", with_hyphens},
               {"city", without_city},
               {"alike", okrug_skeleton},
               {"digits", without_settlement},
               {"zero", without_zeros}};

/* The code after all changes, or (`only` >= 0) after that one. */
static const char *changed(okrug_ctx *ctx, const char *code, int only) {
    okrug_buffer text = {0};
    const char *made = code;
    for (int i = 0; i < OKRUG_COUNT_OF(changes); i++) {
        if (only < 0 || only == i) {
            changes[i].apply(made, &text);
            made = okrug_text(ctx, "%s", text.bytes == NULL ? "" : text.bytes);
        }
    }
    okrug_buffer_free(&text);
    return made;
}

static const char *why_near(okrug_ctx *ctx, const char *here, const char *there) {
    for (int i = 0; i < OKRUG_COUNT_OF(changes); i++) {
        if (strcmp(changed(ctx, here, i), changed(ctx, there, i)) == 0) {
            return changes[i].why;
        }
    }
    const char *spaceless_here = changed(ctx, here, SPACES);
    const char *spaceless_there = changed(ctx, there, SPACES);
    for (int i = 0; i < OKRUG_COUNT_OF(changes); i++) { /* a dash or "г." takes a space with it */
        if (strcmp(changed(ctx, spaceless_here, i), changed(ctx, spaceless_there, i)) == 0) {
            return changes[i].why;
        }
    }
    return "several";
}

static okrug_status find_near(okrug_ctx *ctx, okrug_join *join) {
    int64_t most = join->here < NEAR_MAX ? join->here : NEAR_MAX;
    okrug_words *keys = okrug_words_new();
    const char **code = OKRUG_SCRATCH_ZERO(ctx, join->there, const char *);
    join->near = OKRUG_SCRATCH(ctx, most, okrug_near_miss);
    okrug_status status = keys == NULL || join->near == NULL || code == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    for (int64_t i = 0; status == OKRUG_OK && i < join->there && i < 20 * NEAR_MAX; i++) {
        const char *key = changed(ctx, join->only_there[i], -1);
        int32_t before = okrug_words_count(keys);
        int32_t word = okrug_words_add(keys, key, strlen(key));
        if (word < 0) {
            status = OKRUG_NO_MEMORY;
        } else {
            code[word] = word < before ? NULL : join->only_there[i]; /* two that fit: neither is suggested */
        }
    }
    for (int64_t i = 0; status == OKRUG_OK && i < most; i++) {
        const char *key = changed(ctx, join->only_here[i], -1);
        int32_t word = okrug_words_find(keys, key, strlen(key));
        if (word >= 0 && code[word] != NULL && key[0] != '\0') {
            join->near[join->nears++] =
                (okrug_near_miss){join->only_here[i], code[word], why_near(ctx, join->only_here[i], code[word])};
        }
    }
    okrug_words_free(keys);
    return status;
}

/* ---- Comparing ---- */

static okrug_status add_codes(const okrug_table *table, const okrug_column *column, okrug_words *codes) {
    for (int64_t r = 0; column != NULL && column->type == OKRUG_TEXT && r < table->rows; r++) {
        const char *text = okrug_text_at(column, r);
        if (text != NULL && okrug_words_add(codes, text, strlen(text)) < 0) {
            return OKRUG_NO_MEMORY;
        }
    }
    return OKRUG_OK;
}

/* Those of `codes` that `others` does not have. */
static okrug_status only_in(okrug_ctx *ctx, const okrug_words *codes, const okrug_words *others, const char ***list,
                            int64_t *count) {
    *list = OKRUG_SCRATCH(ctx, okrug_words_count(codes), const char *);
    if (*list == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int32_t w = 0; w < okrug_words_count(codes); w++) {
        const char *text = okrug_words_text(codes, w);
        if (okrug_words_find(others, text, strlen(text)) < 0) {
            (*list)[(*count)++] = okrug_text(ctx, "%s", text);
        }
    }
    return OKRUG_OK;
}

static okrug_status compare(okrug_ctx *ctx, okrug_store *store, const char *id, const okrug_words *codes,
                            okrug_join *join) {
    okrug_dataset *dataset = NULL;
    OKRUG_TRY(okrug_store_get(ctx, store, id, &dataset));
    okrug_words *there = okrug_words_new();
    okrug_status status = there == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    if (status == OKRUG_OK && dataset->tables > 0) {
        status = add_codes(dataset->table[0], okrug_table_column(dataset->table[0], "region"), there);
    }
    okrug_join made = {.with = okrug_text(ctx, "%s", id)};
    if (status == OKRUG_OK) {
        status = only_in(ctx, codes, there, &made.only_here, &made.here);
    }
    if (status == OKRUG_OK) {
        status = only_in(ctx, there, codes, &made.only_there, &made.there);
    }
    made.matched = okrug_words_count(codes) - made.here;
    if (status == OKRUG_OK && (join->with == NULL || made.matched > join->matched)) {
        *join = made;
    }
    okrug_words_free(there);
    okrug_dataset_free(dataset);
    return status;
}

static okrug_status compare_kind(okrug_ctx *ctx, okrug_store *store, const okrug_table *list, const char *kind,
                                 const char *own, const okrug_words *codes, okrug_join *join) {
    const okrug_column *ids = okrug_table_column(list, "id");
    const okrug_column *kinds = okrug_table_column(list, "kind");
    for (int64_t r = 0; r < list->rows; r++) {
        if (strcmp(okrug_text_at(kinds, r), kind) == 0 && strcmp(okrug_text_at(ids, r), own) != 0) {
            OKRUG_TRY(compare(ctx, store, okrug_text_at(ids, r), codes, join));
        }
    }
    return OKRUG_OK;
}

static okrug_status compare_all(okrug_ctx *ctx, okrug_store *store, const okrug_importing *importing,
                                const okrug_words *codes, okrug_join *join) {
    const char *kind = importing->request->kind;
    okrug_dataset *list = NULL;
    OKRUG_TRY(okrug_store_list(ctx, store, &list));
    okrug_status status = OKRUG_OK;
    if (strcmp(kind, "territories") != 0) {
        status = compare_kind(ctx, store, list->table[0], "territories", importing->id, codes, join);
    }
    if (status == OKRUG_OK && join->with == NULL && strcmp(kind, "boundaries") != 0) {
        status = compare_kind(ctx, store, list->table[0], "boundaries", importing->id, codes, join);
    }
    okrug_dataset_free(list);
    return status == OKRUG_OK && join->with != NULL ? find_near(ctx, join) : status;
}

/* The column of the file as it stands that has the role: said, or called just so. */
static const okrug_column *plain_column(const okrug_importing *importing, const okrug_table *plain, const char *role) {
    const char *header = role;
    for (int i = 0; i < importing->reading.maps; i++) {
        header = strcmp(importing->reading.map[i].name, role) == 0 ? importing->reading.map[i].text : header;
    }
    return okrug_bind_source(plain, header);
}

/* All codes of territories in the table: the one that was read, or the file as it stands. */
static okrug_status own_codes(const okrug_importing *importing, const okrug_table *table, okrug_words *codes) {
    static const char *const roles[] = {"region", "a", "b"};
    bool read = table == importing->loaded.table;
    for (int r = 0; r < importing->kind->role_count; r++) {
        const char *role = importing->kind->roles[r].name;
        bool code = false;
        for (int i = 0; i < OKRUG_COUNT_OF(roles); i++) {
            code = code || strcmp(role, roles[i]) == 0;
        }
        if (code) {
            const okrug_column *column = read ? okrug_table_column(table, role) : plain_column(importing, table, role);
            OKRUG_TRY(add_codes(table, column, codes));
        }
    }
    return OKRUG_OK;
}

static okrug_status find(okrug_ctx *ctx, okrug_store *store, const okrug_importing *importing, const okrug_table *table,
                         okrug_join *join) {
    okrug_words *codes = okrug_words_new();
    okrug_status status = codes == NULL ? OKRUG_NO_MEMORY : own_codes(importing, table, codes);
    if (status == OKRUG_OK && okrug_words_count(codes) > 0) {
        status = compare_all(ctx, store, importing, codes, join);
    }
    okrug_words_free(codes);
    return status;
}

/* Cells that are wrong do not hide the codes: they are read as texts. What is wrong was told already. */
static okrug_status find_plain(okrug_ctx *ctx, okrug_store *store, const okrug_importing *importing, okrug_join *join) {
    const okrug_import_request *request = importing->request;
    okrug_ctx *quiet = okrug_ctx_new(NULL);
    okrug_dataset *plain = okrug_dataset_new("plain", "join");
    okrug_table *table = NULL;
    okrug_status status = quiet == NULL || plain == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    if (status == OKRUG_OK &&
        okrug_load_plain(quiet, request->file, request->folder, &importing->reading, NULL, plain, &table) == OKRUG_OK) {
        status = find(ctx, store, importing, table, join);
    }
    okrug_dataset_free(plain);
    okrug_ctx_free(quiet);
    return status;
}

okrug_status okrug_join_find(okrug_ctx *ctx, okrug_store *store, const okrug_importing *importing, okrug_join *join) {
    *join = (okrug_join){0};
    if (importing->kind->shape != OKRUG_SHAPE_TIDY) {
        return OKRUG_OK;
    }
    return importing->loaded.table == NULL ? find_plain(ctx, store, importing, join)
                                           : find(ctx, store, importing, importing->loaded.table, join);
}
