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
} binding_plan;

static const okrug_column *find_source(const okrug_table *source, const char *name) {
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

static okrug_status missing_column(okrug_ctx *ctx, const okrug_table *source, const char *name) {
    const char *there = "";
    for (int c = 0; c < source->columns; c++) {
        there = okrug_text(ctx, "%s%s%s", there, c == 0 ? "" : ", ", source->column[c].name);
    }
    return okrug_fail(ctx, OKRUG_BAD_INPUT, "missing-column", &(okrug_place){.file = source->file}, "wanted", name,
                      "columns", there, (char *)NULL);
}

static okrug_status plan_columns(okrug_ctx *ctx, const okrug_table *source, const okrug_wanted *wanted, int count,
                                 okrug_table *table, binding_plan *plan, int *planned) {
    okrug_status status = OKRUG_OK;
    bool one_of_wanted = false;
    bool one_of_found = false;
    for (int i = 0; i < count; i++) {
        const char *name = wanted[i].header == NULL ? wanted[i].role.name : wanted[i].header;
        const okrug_column *from = find_source(source, name);
        okrug_need need = wanted[i].role.need;
        one_of_wanted = one_of_wanted || need == OKRUG_ONE_OF;
        if (from == NULL) {
            if (need == OKRUG_REQUIRED || need == OKRUG_KEY) {
                status = missing_column(ctx, source, name);
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
        plan[(*planned)++] = (binding_plan){from, wanted[i].role, to};
    }
    return one_of_wanted && !one_of_found ? missing_column(ctx, source, "value") : status;
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
        return okrug_set_text(table, plan->to, to, text, strlen(text));
    }
    double value = 0.0;
    if (!okrug_number_read(text, strlen(text), &value)) {
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
        if (strcmp(text == NULL ? "" : text, where[i].text) != 0) {
            return false;
        }
    }
    return true;
}

static okrug_status bind_rows(okrug_ctx *ctx, const okrug_table *source, const binding_plan *plan, int planned,
                              const okrug_where *where, int where_count, const okrug_column *const *tested,
                              const okrug_column *status_column, const char *suppressed, okrug_table *table) {
    okrug_status status = OKRUG_OK;
    for (int64_t row = 0; row < source->rows; row++) {
        if (!passes(tested, where, where_count, row)) {
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

okrug_status okrug_bind(okrug_ctx *ctx, const okrug_table *source, const okrug_wanted *wanted, int count,
                        const okrug_where *where, int where_count, const char *status_name, const char *suppressed,
                        okrug_dataset *dataset, const char *name, okrug_table **bound) {
    okrug_table *table = okrug_dataset_add_table(dataset, name);
    binding_plan *plan = OKRUG_SCRATCH(ctx, count, binding_plan);
    const okrug_column **tested = OKRUG_SCRATCH(ctx, where_count, const okrug_column *);
    if (table == NULL || plan == NULL || tested == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int planned = 0;
    okrug_status status = plan_columns(ctx, source, wanted, count, table, plan, &planned);
    for (int i = 0; i < where_count; i++) {
        tested[i] = find_source(source, where[i].column);
        if (tested[i] == NULL) {
            status = missing_column(ctx, source, where[i].column);
        }
    }
    const okrug_column *status_column = status_name == NULL ? NULL : find_source(source, status_name);
    if (status_name != NULL && status_column == NULL) {
        status = missing_column(ctx, source, status_name);
    }
    OKRUG_TRY(status);
    table->file = source->file == NULL ? NULL : okrug_dataset_keep(dataset, source->file);
    *bound = table;
    return bind_rows(ctx, source, plan, planned, where, where_count, tested, status_column, suppressed, table);
}
