/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A table that is there already -> the columns an input wants, typed by role.
 */
#include <string.h>

#include "engine/engine_private.h"

/* One source column and what becomes of it. */
typedef struct {
    const okrug_column *from;
    okrug_role role;
    int to;
    okrug_number_style style; /* of numbers that are text */
} binding_plan;

const okrug_column *okrug_bind_source(const okrug_table *source, const char *name) {
    const okrug_column *column = okrug_table_column(source, name);
    for (int c = 0; column == NULL && c < source->columns; c++) {
        if (source->column[c].header != NULL && strcmp(source->column[c].header, name) == 0) {
            column = &source->column[c];
        }
    }
    return column;
}

/* The text of a cell as a file would have it; NULL where it is missing. */
static const char *cell_text(const okrug_column *column, int64_t row, char buffer[OKRUG_NUMBER_TEXT]) {
    if (column->type != OKRUG_NUMBER) {
        return okrug_text_at(column, row);
    }
    if (okrug_reason_at(column, row) != OKRUG_PRESENT) {
        return NULL;
    }
    okrug_number_write(column->number[row], buffer);
    return buffer;
}

/* `mapped`: --map is the remedy. */
static okrug_status missing_column(okrug_ctx *ctx, const okrug_table *source, bool mapped, const char *name) {
    return okrug_fail(ctx, OKRUG_BAD_INPUT, mapped ? "missing-column" : "no-column",
                      &(okrug_place){.file = source->file}, "wanted", name, "columns",
                      okrug_table_column_names(ctx, source), (char *)NULL);
}

static okrug_status missing_one_of(okrug_ctx *ctx, const okrug_table *source, const char *names) {
    return okrug_fail(ctx, OKRUG_BAD_INPUT, "missing-one-of", &(okrug_place){.file = source->file}, "wanted", names,
                      "columns", okrug_table_column_names(ctx, source), (char *)NULL);
}

/* How the texts of a column write numbers, found out from all of them as in a file. */
static okrug_status find_style(okrug_ctx *ctx, const okrug_table *source, const okrug_column *from, char decimal,
                               okrug_number_style *style) {
    char ambiguous[OKRUG_AMBIGUOUS_TEXT];
    *style = (okrug_number_style){decimal == 0 ? '.' : decimal, 0};
    if (from->type != OKRUG_TEXT || okrug_source_style(from->words, decimal, style, ambiguous)) {
        return OKRUG_OK;
    }
    return okrug_fail(ctx, OKRUG_BAD_INPUT, "ambiguous-decimal", &(okrug_place){.file = source->file}, "value",
                      ambiguous, (char *)NULL);
}

static okrug_status plan_columns(okrug_ctx *ctx, const okrug_table *source, const okrug_source_request *request,
                                 okrug_table *table, binding_plan *plan, int *planned) {
    const okrug_wanted *wanted = request->wanted;
    okrug_status status = OKRUG_OK;
    const char *one_of = NULL;
    bool one_of_found = false;
    for (int i = 0; i < request->wanted_count; i++) {
        const char *name = wanted[i].header == NULL ? wanted[i].role.name : wanted[i].header;
        const okrug_column *from = okrug_bind_source(source, name);
        okrug_need need = wanted[i].role.need;
        if (need == OKRUG_ONE_OF) {
            one_of = one_of == NULL ? name : okrug_text(ctx, "%s, %s", one_of, name);
        }
        if (from == NULL) {
            if (need == OKRUG_REQUIRED || need == OKRUG_KEY) {
                status = missing_column(ctx, source, true, name);
            }
            continue;
        }
        one_of_found = one_of_found || need == OKRUG_ONE_OF;
        okrug_unit unit =
            from->type == OKRUG_NUMBER && from->unit != OKRUG_UNIT_NONE ? from->unit : wanted[i].role.unit;
        int to = okrug_table_add_column(table, wanted[i].role.name, wanted[i].role.type, unit);
        if (to < 0) {
            return OKRUG_NO_MEMORY;
        }
        table->column[to].header = okrug_dataset_keep(table->dataset, from->header == NULL ? from->name : from->header);
        binding_plan *made = &plan[(*planned)++];
        *made = (binding_plan){.from = from, .role = wanted[i].role, .to = to};
        if (made->role.type == OKRUG_NUMBER) {
            okrug_status style = find_style(ctx, source, from, request->decimal, &made->style);
            status = style == OKRUG_OK ? status : style;
        }
    }
    return one_of != NULL && !one_of_found ? missing_one_of(ctx, source, one_of) : status;
}

static okrug_status bind_cell(okrug_ctx *ctx, const okrug_table *source, int64_t from, const binding_plan *plan,
                              okrug_table *table, int64_t to) {
    char buffer[OKRUG_NUMBER_TEXT];
    okrug_reason reason = okrug_reason_at(plan->from, from);
    const char *text = cell_text(plan->from, from, buffer);
    okrug_place place = {.file = source->file,
                         .line = source->line == NULL ? 0 : source->line[from],
                         .column = table->column[plan->to].header};
    if (text == NULL || (text[0] == '\0' && plan->role.type == OKRUG_NUMBER)) {
        if (plan->role.need == OKRUG_KEY) {
            return okrug_fail(ctx, OKRUG_BAD_INPUT, "empty-key", &place, (char *)NULL);
        }
        return okrug_set_missing(table, plan->to, to, reason == OKRUG_PRESENT ? OKRUG_NOT_COLLECTED : reason);
    }
    if (plan->role.type != OKRUG_NUMBER) {
        char normal[OKRUG_DOMAIN_TEXT];
        size_t length = strlen(text);
        const char *admitted = okrug_domain_text(plan->role.domain, text, &length, normal);
        if (admitted == NULL) {
            return okrug_fail(ctx, OKRUG_BAD_INPUT, "out-of-domain", &place, "value", okrug_text(ctx, "%s", text),
                              "expected", okrug_domain_code(plan->role.domain), (char *)NULL);
        }
        return okrug_set_text(table, plan->to, to, admitted, length);
    }
    double value = 0.0;
    bool read = plan->from->type == OKRUG_NUMBER ? okrug_number_read(text, strlen(text), &value)
                                                 : okrug_number_read_styled(text, strlen(text), plan->style, &value);
    if (!read && okrug_mark_find(text, strlen(text), &reason)) {
        return okrug_set_missing(table, plan->to, to, reason);
    }
    if (!read) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "not-a-number", &place, "value", text, "expected", "number",
                          (char *)NULL);
    }
    if (!okrug_domain_admits(plan->role.domain, value)) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "out-of-domain", &place, "value", okrug_text(ctx, "%s", text),
                          "expected", okrug_domain_code(plan->role.domain), (char *)NULL);
    }
    return okrug_set_number(table, plan->to, to, value);
}

static bool passes(const okrug_column *const *column, const okrug_where *where, int count, int64_t row) {
    for (int i = 0; i < count; i++) {
        char buffer[OKRUG_NUMBER_TEXT];
        const char *text = cell_text(column[i], row, buffer);
        text = text == NULL ? "" : text;
        if (!okrug_where_passes(&where[i], text, strlen(text))) {
            return false;
        }
    }
    return true;
}

static okrug_status bind_rows(okrug_ctx *ctx, const okrug_table *source, const okrug_source_request *request,
                              const binding_plan *plan, int planned, const okrug_column *const *tested,
                              const okrug_column *status_column, okrug_table *table) {
    const char *suppressed = request->suppressed;
    okrug_status status = OKRUG_OK;
    for (int64_t row = 0; row < source->rows; row++) {
        if (!passes(tested, request->where, request->where_count, row)) {
            continue;
        }
        int64_t to = okrug_table_add_row(table, source->line == NULL ? 0 : source->line[row]);
        if (to < 0) {
            return OKRUG_NO_MEMORY;
        }
        char buffer[OKRUG_NUMBER_TEXT];
        const char *mark = status_column == NULL || suppressed == NULL ? NULL : cell_text(status_column, row, buffer);
        bool hidden = mark != NULL && strcmp(mark, suppressed) == 0;
        for (int i = 0; i < planned; i++) {
            okrug_status cell = hidden && plan[i].role.type == OKRUG_NUMBER
                                    ? okrug_set_missing(table, plan[i].to, to, OKRUG_SUPPRESSED)
                                    : bind_cell(ctx, source, row, &plan[i], table, to);
            if (cell == OKRUG_NO_MEMORY) {
                return cell;
            }
            status = cell == OKRUG_OK ? status : cell;
        }
    }
    return status;
}

okrug_status okrug_bind(okrug_ctx *ctx, const okrug_table *source, const okrug_source_request *request,
                        okrug_dataset *dataset, const char *name, okrug_table **bound) {
    const okrug_where *where = request->where;
    const char *status_name = request->status;
    okrug_table *table = okrug_dataset_add_table(dataset, name);
    binding_plan *plan = OKRUG_SCRATCH(ctx, request->wanted_count, binding_plan);
    const okrug_column **tested = OKRUG_SCRATCH(ctx, request->where_count, const okrug_column *);
    if (table == NULL || plan == NULL || tested == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int planned = 0;
    okrug_status status = plan_columns(ctx, source, request, table, plan, &planned);
    for (int i = 0; i < request->where_count; i++) {
        tested[i] = okrug_bind_source(source, where[i].column);
        if (tested[i] == NULL) {
            status = missing_column(ctx, source, false, where[i].column);
        }
    }
    const okrug_column *status_column = status_name == NULL ? NULL : okrug_bind_source(source, status_name);
    if (status_name != NULL && status_column == NULL) {
        status = missing_column(ctx, source, true, status_name);
    }
    OKRUG_TRY(status);
    table->file = source->file == NULL ? NULL : okrug_dataset_keep(dataset, source->file);
    *bound = table;
    return bind_rows(ctx, source, request, plan, planned, tested, status_column, table);
}
