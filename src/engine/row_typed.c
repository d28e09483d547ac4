/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Typing of single rows. What a cell may hold is what it may hold in a file of that kind.
 */
#include "engine/row_typed.h"

#include <string.h>

#include <okrug/number.h>
#include <okrug/style.h>

static const okrug_role *role_of(const okrug_kind *kind, const char *name) {
    for (int i = 0; i < kind->role_count; i++) {
        if (strcmp(kind->roles[i].name, name) == 0) {
            return &kind->roles[i];
        }
    }
    return NULL;
}

static bool is_key(const okrug_role *role) {
    return role->need == OKRUG_KEY || role->need == OKRUG_KEY_OPTIONAL;
}

/* The text without the spaces around it, that do not break among them; NULL where memory is short. */
static const char *trim(okrug_ctx *ctx, const char *text) {
    static const char no_break[] = "\xC2\xA0";
    while (*text == ' ' || *text == '\t' || strncmp(text, no_break, 2) == 0) {
        text += *text == no_break[0] ? 2 : 1;
    }
    size_t length = strlen(text);
    for (;;) {
        if (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t')) {
            length--;
        } else if (length > 1 && strncmp(text + length - 2, no_break, 2) == 0) {
            length -= 2;
        } else {
            break;
        }
    }
    const char *trimmed = okrug_text(ctx, "%.*s", (int)length, text);
    return length == 0 || trimmed[0] != '\0' ? trimmed : NULL;
}

static okrug_status bad_cell(okrug_ctx *ctx, const char *code, const char *column, const char *value,
                             const char *expected) {
    return okrug_fail(ctx, OKRUG_BAD_INPUT, code, &(okrug_place){.column = column}, "value", value, "expected",
                      expected, (char *)NULL);
}

/* A plain number, else one with marks as people write them. */
static okrug_status read_number(okrug_ctx *ctx, const okrug_role *role, const char *text, double *value) {
    size_t length = strlen(text);
    if (!okrug_number_read(text, length, value)) {
        okrug_style_finder finder = okrug_style_begin(0, 0);
        okrug_style_note(&finder, text, length, 1);
        okrug_style_settle(&finder);
        char decimal;
        if (okrug_marks_of(text, length, &decimal) == OKRUG_MARKS_MAYBE) {
            return okrug_fail(ctx, OKRUG_BAD_INPUT, "ambiguous-number", &(okrug_place){.column = role->name}, "value",
                              text, (char *)NULL);
        }
        if (!okrug_number_read_styled(text, length, finder.style, value)) {
            return bad_cell(ctx, "not-a-number", role->name, text, "number");
        }
    }
    return okrug_domain_admits(role->domain, *value)
               ? OKRUG_OK
               : bad_cell(ctx, "out-of-domain", role->name, text, okrug_domain_code(role->domain));
}

static bool has_controls(const char *text) {
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text < 0x20 || *text == 0x7F) {
            return true;
        }
    }
    return false;
}

static okrug_status set_text(okrug_ctx *ctx, const okrug_role *role, okrug_table *table, int column, const char *text) {
    char normal[OKRUG_DOMAIN_TEXT];
    size_t length = strlen(text);
    const char *known = role != NULL ? okrug_domain_text(role->domain, text, &length, normal) : text;
    if (role != NULL && okrug_role_is_code(role) && okrug_text_is_scientific(text, strlen(text))) {
        return bad_cell(ctx, "code-scientific", role->name, text, "text");
    }
    if (known == NULL) {
        return bad_cell(ctx, "out-of-domain", role->name, text, okrug_domain_code(role->domain));
    }
    if (role != NULL && is_key(role) && has_controls(text)) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "key-with-controls", &(okrug_place){.column = role->name},
                          (char *)NULL);
    }
    return okrug_set_text(table, column, 0, known, length);
}

static okrug_status set_cell(okrug_ctx *ctx, const okrug_role *role, okrug_table *table, int column, const char *text) {
    if (text[0] == '\0') {
        if (role != NULL && role->need == OKRUG_KEY) {
            return bad_cell(ctx, "empty-key", role->name, "", role->type == OKRUG_NUMBER ? "number" : "text");
        }
        if (role != NULL && role->need == OKRUG_REQUIRED) {
            return okrug_fail(ctx, OKRUG_BAD_INPUT, "value-needed", &(okrug_place){.column = role->name}, (char *)NULL);
        }
        return okrug_set_missing(table, column, 0, OKRUG_NOT_COLLECTED);
    }
    if (table->column[column].type == OKRUG_NUMBER) {
        double value = 0.0;
        OKRUG_TRY(read_number(ctx, role, text, &value));
        return okrug_set_number(table, column, 0, value);
    }
    return set_text(ctx, role, table, column, text);
}

static okrug_status no_column(okrug_ctx *ctx, const okrug_kind *kind, const okrug_table *table, const char *name) {
    const char *known = "";
    for (int i = 0; i < kind->role_count; i++) {
        known = okrug_text_listed(ctx, known, kind->roles[i].name);
    }
    for (int c = 0; c < table->columns; c++) {
        if (role_of(kind, table->column[c].name) == NULL) {
            known = okrug_text_listed(ctx, known, table->column[c].name);
        }
    }
    return okrug_fail(ctx, OKRUG_BAD_USAGE, "no-column", NULL, "wanted", name, "columns", known, (char *)NULL);
}

static okrug_status take_value(okrug_ctx *ctx, const okrug_kind *kind, const okrug_table *table,
                               const okrug_option *given, okrug_table *row) {
    const okrug_role *role = role_of(kind, given->name);
    const okrug_column *there = okrug_table_column(table, given->name);
    if (role == NULL && (there == NULL || there->type != OKRUG_TEXT)) {
        return no_column(ctx, kind, table, given->name);
    }
    if (okrug_table_column(row, given->name) != NULL) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "column-repeated", NULL, "name", given->name, (char *)NULL);
    }
    okrug_type type = there != NULL ? there->type : role->type;
    int column = okrug_table_add_column(row, given->name, type, there != NULL ? there->unit : OKRUG_UNIT_NONE);
    if (column < 0) {
        return OKRUG_NO_MEMORY;
    }
    const char *text = given->value != NULL ? trim(ctx, given->value) : "";
    return text != NULL ? set_cell(ctx, role, row, column, text) : OKRUG_NO_MEMORY;
}

/* Keys that are not given, and where the row is new whatever else the kind requires. */
static okrug_status check_whole(okrug_ctx *ctx, const okrug_kind *kind, const okrug_table *table, bool whole,
                                const char **key, okrug_typed_row *row) {
    okrug_status status = OKRUG_OK;
    for (int i = 0; i < kind->role_count; i++) {
        const okrug_role *role = &kind->roles[i];
        bool given = okrug_table_column(row->dataset->table[0], role->name) != NULL;
        bool counts = role->need == OKRUG_KEY ||
                      (role->need == OKRUG_KEY_OPTIONAL && (given || okrug_table_column(table, role->name) != NULL));
        if (counts) {
            key[row->key_count++] = role->name;
        }
        if (!given && counts) {
            status = bad_cell(ctx, "empty-key", role->name, "", role->type == OKRUG_NUMBER ? "number" : "text");
        } else if (!given && whole && role->need == OKRUG_REQUIRED) {
            status =
                okrug_fail(ctx, OKRUG_BAD_INPUT, "value-needed", &(okrug_place){.column = role->name}, (char *)NULL);
        }
    }
    row->key = key;
    return status;
}

okrug_status okrug_row_type(okrug_ctx *ctx, const okrug_kind *kind, const okrug_table *table,
                            const okrug_row_request *request, bool whole, okrug_typed_row *row) {
    const char **key = OKRUG_SCRATCH(ctx, kind->role_count + 1, const char *);
    *row = (okrug_typed_row){.dataset = okrug_dataset_new("row", kind->id)};
    okrug_table *one = row->dataset != NULL ? okrug_dataset_add_table(row->dataset, "row") : NULL;
    if (key == NULL || one == NULL || okrug_table_add_row(one, 0) < 0) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = OKRUG_OK;
    for (int i = 0; i < request->values.count; i++) {
        okrug_status taken = take_value(ctx, kind, table, &request->values.option[i], one);
        status = taken == OKRUG_OK ? status : taken;
    }
    okrug_status checked = check_whole(ctx, kind, table, whole, key, row);
    return status != OKRUG_OK ? status : checked;
}
