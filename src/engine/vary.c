/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One analysis with several values of its parameters.
 */
#include "engine/vary.h"

#include <stdlib.h>
#include <string.h>

#include <okrug/number.h>

#include "engine/parameters.h"

static okrug_status bad_value(okrug_ctx *ctx, const char *value, const char *expected) {
    return okrug_fail(ctx, OKRUG_BAD_USAGE, "bad-option-value", NULL, "option", "vary", "value", value, "expected",
                      expected, (char *)NULL);
}

/* ---- What varies ---- */

static okrug_varied *find_or_add(okrug_ctx *ctx, okrug_variation *variation, const okrug_parameter *parameter,
                                 int most) {
    for (int i = 0; i < variation->count; i++) {
        if (variation->list[i].parameter == parameter) {
            return &variation->list[i];
        }
    }
    if (variation->list == NULL) {
        variation->list = OKRUG_SCRATCH_ZERO(ctx, most, okrug_varied);
    }
    const char **value = OKRUG_SCRATCH(ctx, most, const char *);
    if (variation->list == NULL || value == NULL) {
        return NULL;
    }
    variation->list[variation->count] = (okrug_varied){.parameter = parameter, .value = value};
    return &variation->list[variation->count++];
}

okrug_status okrug_variation_take(okrug_ctx *ctx, okrug_variation *variation, const okrug_analysis *analysis,
                                  const okrug_option *option, int most) {
    const char *equals = strchr(option->value, '=');
    if (equals == NULL || equals == option->value) {
        return bad_value(ctx, option->value, "name=text");
    }
    const char *name = okrug_text(ctx, "%.*s", (int)(equals - option->value), option->value);
    const okrug_parameter *parameter = okrug_parameter_find(analysis, name);
    if (parameter == NULL || parameter->kind == OKRUG_PARAMETER_TEXTS) {
        const char *known = "";
        for (int i = 0; i < analysis->parameter_count; i++) {
            const okrug_parameter *other = &analysis->parameters[i];
            known = other->kind == OKRUG_PARAMETER_TEXTS ? known : okrug_text_listed(ctx, known, other->name);
        }
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "cannot-vary", NULL, "name", name, "analysis", analysis->id, "known",
                          known, (char *)NULL);
    }
    okrug_varied *varied = find_or_add(ctx, variation, parameter, most);
    if (varied == NULL) {
        return OKRUG_NO_MEMORY;
    }
    varied->value[varied->count++] = equals + 1;
    return OKRUG_OK;
}

/* ---- Columns in the place of values ---- */

/* What "@INPUT.ROLE" or, of the first input, "@ROLE" names: its table, and the name of the column; NULL: none. */
static const okrug_table *named_table(okrug_ctx *ctx, const okrug_analysis *analysis, const okrug_table *const *table,
                                      const char *name, const char **column) {
    const char *dot = strchr(name, '.');
    const char *input = dot == NULL ? "input" : okrug_text(ctx, "%.*s", (int)(dot - name), name);
    *column = dot == NULL ? name : dot + 1;
    for (int i = 0; i < analysis->input_count; i++) {
        if (strcmp(analysis->inputs[i].name, input) == 0) {
            return table[i];
        }
    }
    return NULL;
}

/* The distinct values of the column, in the order of their first rows. */
static okrug_status take_column(okrug_ctx *ctx, const okrug_column *column, int64_t rows, okrug_varied *varied) {
    int32_t words = okrug_words_count(column->words);
    bool *seen = OKRUG_SCRATCH_ZERO(ctx, words + 1, bool);
    const char **value = OKRUG_SCRATCH(ctx, words + 1, const char *);
    if (seen == NULL || value == NULL) {
        return OKRUG_NO_MEMORY;
    }
    varied->count = 0;
    for (int64_t row = 0; row < rows; row++) {
        int32_t word = column->word[row];
        if (word >= 0 && !seen[word]) {
            seen[word] = true;
            value[varied->count++] = okrug_words_text(column->words, word);
        }
    }
    varied->value = value;
    return varied->count > 0 ? OKRUG_OK : bad_value(ctx, column->name, "text");
}

static okrug_status resolve(okrug_ctx *ctx, okrug_varied *varied, const okrug_analysis *analysis,
                            const okrug_table *const *table) {
    const char *first = varied->value[0];
    if (first[0] != '@') {
        return OKRUG_OK;
    }
    const char *name = NULL;
    const okrug_table *given = named_table(ctx, analysis, table, first + 1, &name);
    const okrug_column *column = given == NULL ? NULL : okrug_table_column(given, name);
    if (varied->count > 1 || column == NULL || column->type != OKRUG_TEXT) {
        return bad_value(ctx, okrug_text(ctx, "%s=%s", varied->parameter->name, first), "vary-column");
    }
    return take_column(ctx, column, given->rows, varied);
}

okrug_status okrug_variation_resolve(okrug_ctx *ctx, okrug_variation *variation, const okrug_analysis *analysis,
                                     const okrug_table *const *table) {
    char *trial = okrug_scratch_zero(ctx, 1, analysis->parameter_size);
    if (trial == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = OKRUG_OK;
    double combinations = 1.0;
    for (int i = 0; i < variation->count; i++) {
        okrug_varied *varied = &variation->list[i];
        OKRUG_TRY(resolve(ctx, varied, analysis, table));
        for (int64_t k = 0; k < varied->count; k++) {
            const okrug_option option = {varied->parameter->name, varied->value[k]};
            okrug_status one = okrug_parameter_take(ctx, varied->parameter, &option, 1, trial);
            status = one == OKRUG_OK ? status : one;
        }
        combinations *= (double)varied->count;
    }
    if (status == OKRUG_OK && combinations > OKRUG_VARIANTS_MOST) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "too-many-variants", NULL, "count",
                          okrug_text_number(ctx, combinations), "most", okrug_text_integer(ctx, OKRUG_VARIANTS_MOST),
                          (char *)NULL);
    }
    return status;
}

/* ---- Tables one under another ---- */

static bool is_numeric(const okrug_parameter *parameter) {
    return parameter->kind == OKRUG_PARAMETER_REAL || parameter->kind == OKRUG_PARAMETER_INTEGER;
}

/* An empty table with the columns of what varies before those of `like`. A column that is called like a parameter
 * keeps its name; the parameter's is then "with-NAME". */
static okrug_status begin_table(okrug_ctx *ctx, const okrug_variation *variation, const okrug_table *like,
                                okrug_dataset *result) {
    okrug_table *table = okrug_dataset_add_table(result, like->name);
    if (table == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int i = 0; i < variation->count; i++) {
        const okrug_parameter *parameter = variation->list[i].parameter;
        bool taken = okrug_table_column(like, parameter->name) != NULL;
        const char *name = taken ? okrug_text(ctx, "with-%s", parameter->name) : parameter->name;
        okrug_type type = is_numeric(parameter) ? OKRUG_NUMBER : OKRUG_TEXT;
        if (okrug_table_add_column(table, name, type, parameter->unit) < 0) {
            return OKRUG_NO_MEMORY;
        }
    }
    for (int c = 0; c < like->columns; c++) {
        if (okrug_table_add_column(table, like->column[c].name, like->column[c].type, like->column[c].unit) < 0) {
            return OKRUG_NO_MEMORY;
        }
    }
    return OKRUG_OK;
}

static okrug_status add_rows(const okrug_variation *variation, const char *const *value, const okrug_table *from,
                             okrug_table *into) {
    for (int64_t row = 0; row < from->rows; row++) {
        int64_t at = okrug_table_add_row(into, 0);
        if (at < 0) {
            return OKRUG_NO_MEMORY;
        }
        for (int i = 0; i < variation->count; i++) {
            double number = 0.0;
            bool numeric = is_numeric(variation->list[i].parameter);
            if (numeric) {
                okrug_number_read(value[i], strlen(value[i]), &number);
            }
            OKRUG_TRY(numeric ? okrug_set_number(into, i, at, number)
                              : okrug_set_text(into, i, at, value[i], strlen(value[i])));
        }
        for (int c = 0; c < from->columns; c++) {
            OKRUG_TRY(okrug_set_cell(into, variation->count + c, at, &from->column[c], row));
        }
    }
    return OKRUG_OK;
}

static okrug_status add_tables(okrug_ctx *ctx, const okrug_variation *variation, const char *const *value,
                               const okrug_dataset *one, okrug_dataset *result) {
    for (int t = 0; t < one->tables; t++) {
        if (one->table[t]->columns == 0) {
            continue; /* nothing of it is asked for */
        }
        if (okrug_dataset_table(result, one->table[t]->name) == NULL) {
            OKRUG_TRY(begin_table(ctx, variation, one->table[t], result));
        }
        OKRUG_TRY(add_rows(variation, value, one->table[t], okrug_dataset_table(result, one->table[t]->name)));
    }
    return OKRUG_OK;
}

/* ---- Running ---- */

/* The values of combination `k`, the last parameter changing fastest. */
static void choose(const okrug_variation *variation, int64_t k, const char **value) {
    for (int i = variation->count - 1; i >= 0; i--) {
        const okrug_varied *varied = &variation->list[i];
        value[i] = varied->value[k % varied->count];
        k /= varied->count;
    }
}

static okrug_status run_one(okrug_ctx *ctx, const okrug_variation *variation, const okrug_analysis *analysis,
                            const okrug_job *job, const char *const *value, okrug_dataset *result) {
    char *parameters = okrug_scratch_zero(ctx, 1, analysis->parameter_size);
    if (parameters == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memcpy(parameters, job->parameters, analysis->parameter_size);
    for (int i = 0; i < variation->count; i++) {
        const okrug_option option = {variation->list[i].parameter->name, value[i]};
        OKRUG_TRY(okrug_parameter_take(ctx, variation->list[i].parameter, &option, 1, parameters));
    }
    okrug_job own = *job;
    own.parameters = parameters;
    okrug_dataset *one = okrug_dataset_new(analysis->id, "result");
    if (one != NULL) {
        one->wanted = result->wanted;
        one->wanted_count = result->wanted_count;
    }
    okrug_status status = one == NULL ? OKRUG_NO_MEMORY : analysis->run(ctx, &own, one);
    if (status == OKRUG_OK) {
        status = add_tables(ctx, variation, value, one, result);
    }
    okrug_dataset_free(one);
    return status;
}

static okrug_status name_failure(okrug_ctx *ctx, okrug_status status, const okrug_variation *variation,
                                 const char *const *value) {
    const char *with = "";
    for (int i = 0; i < variation->count; i++) {
        with = okrug_text_listed(ctx, with, okrug_text(ctx, "%s=%s", variation->list[i].parameter->name, value[i]));
    }
    return okrug_fail(ctx, status, "variant-failed", NULL, "with", with, (char *)NULL);
}

okrug_status okrug_variation_run(okrug_ctx *ctx, const okrug_variation *variation, const okrug_analysis *analysis,
                                 const okrug_job *job, okrug_dataset *result) {
    if (variation->count == 0) {
        return analysis->run(ctx, job, result);
    }
    int64_t combinations = 1;
    for (int i = 0; i < variation->count; i++) {
        combinations *= variation->list[i].count;
    }
    const char **value = OKRUG_SCRATCH(ctx, variation->count, const char *);
    if (value == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int64_t first = okrug_messages(ctx);
    for (int64_t k = 0; k < combinations; k++) {
        OKRUG_TRY(okrug_check_cancel(ctx));
        okrug_mark mark = okrug_scratch_mark(ctx);
        choose(variation, k, value);
        okrug_status status = run_one(ctx, variation, analysis, job, value, result);
        okrug_scratch_reset(ctx, mark);
        if (status != OKRUG_OK) {
            return status == OKRUG_CANCELLED ? status : name_failure(ctx, status, variation, value);
        }
        okrug_messages_unrepeat(ctx, first);
        okrug_progress(ctx, "task.variants", (double)(k + 1), (double)combinations);
    }
    return OKRUG_OK;
}
