/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an analysis is: a descriptor (inputs with the roles of their columns, parameters, output tables, references)
 * and a function from tables to tables. The descriptor is the one source of the command line's help, the server's
 * description, forms and method cards; texts for people are in i18n under "analysis.ID", "parameter.NAME" and
 * "column.NAME".
 */
#ifndef OKRUG_ANALYSES_ANALYSIS_H
#define OKRUG_ANALYSES_ANALYSIS_H

#include <okrug/dataset.h>
#include <okrug/role.h>

#define OKRUG_COUNT_OF(array) ((int)(sizeof(array) / sizeof((array)[0])))

typedef enum {
    OKRUG_SHAPE_TIDY,        /* columns by role */
    OKRUG_SHAPE_INPUT_OUTPUT /* wide (codes in the first column and in the header) or long (from, to, value) */
} okrug_shape;

typedef struct {
    const char *name; /* "input" for the first, else the option that names the file: "reference" */
    okrug_shape shape;
    bool required;
    bool or_row; /* the option may also name a row or column of the first input: see okrug_job.text */
    const okrug_role *roles;
    int role_count;
} okrug_input;

/* An input of rows whose columns are an array of roles. */
#define OKRUG_TIDY_INPUT(name, required, roles)                                                                        \
    { name, OKRUG_SHAPE_TIDY, required, false, roles, OKRUG_COUNT_OF(roles) }

typedef enum {
    OKRUG_PARAMETER_REAL,    /* double */
    OKRUG_PARAMETER_INTEGER, /* int64_t */
    OKRUG_PARAMETER_CHOICE,  /* int: place in `choices` */
    OKRUG_PARAMETER_TEXT,    /* const char *: NULL where not given */
    OKRUG_PARAMETER_TEXTS    /* okrug_texts: the option repeats */
} okrug_parameter_kind;

typedef struct {
    int count;
    const char *const *text;
} okrug_texts;

typedef struct {
    const char *name; /* the option, without dashes */
    okrug_parameter_kind kind;
    size_t offset; /* in the analysis's own struct */
    double fallback;
    double minimum, maximum; /* both allowed */
    const char *choices;     /* "flq|slq": the first is the default */
    okrug_unit unit;
} okrug_parameter;

/* A list of parameters is an X-macro of five arguments, one per kind:
 *     #define THING_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)  REAL(level, "level", 0.95, 0.5, 0.9999, SHARE) ...
 * OKRUG_PARAMETER_FIELDS(THING_PARAMETERS) are the members of its struct, OKRUG_PARAMETER_TABLE(THING_PARAMETERS,
 * struct thing) the rows of its descriptor: one list, so that names, defaults and ranges cannot drift apart. */
#define OKRUG_FIELD_REAL(field, option, fallback, minimum, maximum, unit) double field;
#define OKRUG_FIELD_INTEGER(field, option, fallback, minimum, maximum, unit) int64_t field;
#define OKRUG_FIELD_CHOICE(field, option, choices) int field;
#define OKRUG_FIELD_TEXT(field, option) const char *field;
#define OKRUG_FIELD_TEXTS(field, option) okrug_texts field;
#define OKRUG_PARAMETER_FIELDS(LIST)                                                                                   \
    LIST(OKRUG_FIELD_REAL, OKRUG_FIELD_INTEGER, OKRUG_FIELD_CHOICE, OKRUG_FIELD_TEXT, OKRUG_FIELD_TEXTS)

#define OKRUG_ROW_REAL(field, option, fallback, minimum, maximum, unit)                                                \
    {option, OKRUG_PARAMETER_REAL, offsetof(OKRUG_PARAMETERS, field), fallback, minimum, maximum,                      \
     NULL,   OKRUG_UNIT_##unit},
#define OKRUG_ROW_INTEGER(field, option, fallback, minimum, maximum, unit)                                             \
    {option, OKRUG_PARAMETER_INTEGER, offsetof(OKRUG_PARAMETERS, field), fallback, minimum, maximum,                   \
     NULL,   OKRUG_UNIT_##unit},
#define OKRUG_ROW_CHOICE(field, option, choices)                                                                       \
    {option, OKRUG_PARAMETER_CHOICE, offsetof(OKRUG_PARAMETERS, field), 0, 0, 0, choices, OKRUG_UNIT_NONE},
#define OKRUG_ROW_TEXT(field, option)                                                                                  \
    {option, OKRUG_PARAMETER_TEXT, offsetof(OKRUG_PARAMETERS, field), 0, 0, 0, NULL, OKRUG_UNIT_NONE},
#define OKRUG_ROW_TEXTS(field, option)                                                                                 \
    {option, OKRUG_PARAMETER_TEXTS, offsetof(OKRUG_PARAMETERS, field), 0, 0, 0, NULL, OKRUG_UNIT_NONE},
/* Before use, OKRUG_PARAMETERS is defined as the struct's type. */
#define OKRUG_PARAMETER_ROWS(LIST)                                                                                     \
    LIST(OKRUG_ROW_REAL, OKRUG_ROW_INTEGER, OKRUG_ROW_CHOICE, OKRUG_ROW_TEXT, OKRUG_ROW_TEXTS)

/* The option that all analyses with random numbers share: field `seed`. */
#define OKRUG_SEED_PARAMETER(INTEGER) INTEGER(seed, "seed", 1, 0, 9007199254740991, NONE)

typedef struct {
    const char *name;
    okrug_type type;
    okrug_unit unit;
    const char *formula; /* mathematics, not words; NULL for codes and labels */
} okrug_output_column;

typedef struct {
    const char *name;
    const okrug_output_column *columns;
    int column_count;
} okrug_output;

/* What an analysis is run on. */
typedef struct {
    const okrug_table *const *input; /* in the descriptor's order; NULL where it was not given */
    const char *const *text;         /* the option's text where an `or_row` input names no file; else NULL */
    const void *parameters;          /* the analysis's own struct */
} okrug_job;

/* The least of something that the method needs to say anything; with less the analysis refuses. What it is, is worded
 * under "grain.OF". */
typedef struct {
    const char *of; /* "regions", "industries", "known-share" */
    double least;
    okrug_unit unit; /* COUNT or SHARE */
} okrug_grain;

typedef struct {
    const char *id;
    const okrug_input *inputs;
    int input_count;
    const okrug_parameter *parameters;
    int parameter_count;
    size_t parameter_size;
    const okrug_output *outputs;
    int output_count;
    const char *const *references; /* ended by NULL */
    const char *cost;              /* "O(regions * industries)" */
    const okrug_grain *grain;      /* NULL: there is none, and `no_grain` says why */
    int grain_count;
    const char *no_grain; /* "exact", "each-alone": worded under "no-grain.CODE"; NULL where there is a grain */
    /* Per input, what is read where it is not given: NAME of data/law/NAME.csv, or the CHOICE parameter whose choice is
     * that name; NULL: nothing. NULL itself: nothing for any. */
    const char *const *shipped;
    /* Adds the output tables to `result`. Never reads files; never calls another analysis. */
    okrug_status (*run)(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result);
} okrug_analysis;

/* Defines the descriptor okrug_analysis_SYMBOL from what the file of an analysis calls `inputs`, `parameters`,
 * `outputs`, `references` and `run`; OKRUG_PARAMETERS is its struct. OKRUG_ANALYSIS_WITH_GRAIN takes `grain` too; who
 * has none says why: there is no third way. */
#define OKRUG_ANALYSIS_WITHOUT_GRAIN(symbol, name, cost_text, why)                                                     \
    const okrug_analysis okrug_analysis_##symbol = {OKRUG_ANALYSIS_MEMBERS(name, cost_text), .no_grain = (why)}
#define OKRUG_ANALYSIS_WITH_GRAIN(symbol, name, cost_text)                                                             \
    const okrug_analysis okrug_analysis_##symbol = {OKRUG_ANALYSIS_MEMBERS(name, cost_text), .grain = grain,           \
                                                    .grain_count = OKRUG_COUNT_OF(grain)}
#define OKRUG_ANALYSIS_MEMBERS(name, cost_text)                                                                        \
    .id = (name), .inputs = inputs, .input_count = OKRUG_COUNT_OF(inputs), .parameters = parameters,                   \
    .parameter_count = OKRUG_COUNT_OF(parameters), .parameter_size = sizeof(OKRUG_PARAMETERS), .outputs = outputs,     \
    .output_count = OKRUG_COUNT_OF(outputs), .references = references, .cost = (cost_text), .run = run

/* OKRUG_BAD_INPUT ("below-grain", at `place`) where there is less than `grain` asks for. */
okrug_status okrug_grain_need(okrug_ctx *ctx, const okrug_grain *grain, double have, const okrug_place *place);

/* Every analysis there is, ended by NULL, in the order in which people meet them. */
extern const okrug_analysis *const okrug_analyses[];
/* "structure", "input_output" ...: of one of okrug_analyses. */
const char *okrug_analysis_subject(const okrug_analysis *analysis);
const okrug_analysis *okrug_analysis_find(const char *id); /* NULL: none */

/* The values that hold when nothing is said, written to `parameters` (parameter_size bytes). */
void okrug_parameters_default(const okrug_analysis *analysis, void *parameters);

#endif
