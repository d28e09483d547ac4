/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Data by columns: what readers make, analyses take and give, writers write and the store keeps.
 *
 * A dataset owns its tables, and a table its columns and words; okrug_dataset_free frees them all. A text column
 * holds, for each row, the number of a word in a list of distinct words (codes are text, always). A missing cell
 * has a reason; its number is NaN and its word is -1.
 */
#ifndef OKRUG_DATASET_H
#define OKRUG_DATASET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <okrug/context.h>
#include <okrug/status.h>

/* Why a cell is missing. X(name, code in files) */
#define OKRUG_REASONS(X)                                                                                               \
    X(PRESENT, "")                                                                                                     \
    X(SUPPRESSED, "suppressed")                 /* withheld to protect those counted */                                \
    X(ZERO_OR_SUPPRESSED, "zero-or-suppressed") /* a blank that cannot be told apart */                                \
    X(NOT_COLLECTED, "not-collected")                                                                                  \
    X(STRUCTURAL_ZERO, "structural-zero") /* the thing cannot be there; counts as 0 in sums */                         \
    X(BELOW_GRAIN, "below-grain")         /* the method cannot see this small */                                       \
    X(UNDEFINED, "undefined")             /* the formula has no value here: 0/0 and the like */                        \
    X(ZERO_TOTAL, "zero-total")           /* the total that the formula divides by is 0 */                             \
    X(NO_ROW, "no-row")                   /* the table has no row that this column needs */                            \
    X(NOT_A_COUNT, "not-a-count")         /* an interval of counts asked of money or shares */                         \
    X(NO_REFERENCE, "no-reference")       /* the reference given lacks this code */                                    \
    X(DISCONNECTED, "disconnected")       /* the graph falls apart */                                                  \
    X(AMBIGUOUS, "ambiguous")             /* two answers are equally good (equal eigenvalues) */                       \
    X(CONSTANT, "constant")               /* no variation to measure */                                                \
    X(NO_BOUND, "no-bound")               /* nothing is given that would bound it */                                   \
    X(NOT_APPLICABLE, "not-applicable")   /* the column does not concern this row */                                   \
    X(NOT_VIABLE, "not-viable")           /* an economy with these coefficients could not be */                        \
    X(NO_NEIGHBOURS, "no-neighbours")     /* an island: no links to anything that has a value */

typedef enum {
#define OKRUG_X(name, code) OKRUG_##name,
    OKRUG_REASONS(OKRUG_X)
#undef OKRUG_X
        OKRUG_REASONS_COUNT
} okrug_reason;

const char *okrug_reason_code(okrug_reason reason);
bool okrug_reason_find(const char *code, okrug_reason *reason);

/* Units: a closed list. X(name, code, factor to the base count; 0 where it is no count) */
#define OKRUG_UNITS(X)                                                                                                 \
    X(NONE, "", 0.0) /* text, codes */                                                                                 \
    X(RATIO, "ratio", 0.0)                                                                                             \
    X(SHARE, "share", 0.0) /* of 1 */                                                                                  \
    X(PERCENT, "percent", 0.0)                                                                                         \
    X(INDEX, "index", 0.0) /* has no zero or scale of its own: a standardised score */                                 \
    X(RANK, "rank", 0.0)                                                                                               \
    X(COUNT, "count", 1.0) /* things */                                                                                \
    X(PERSON, "person", 1.0)                                                                                           \
    X(THOUSAND_PERSONS, "thousand-persons", 1000.0)                                                                    \
    X(RUB, "rub", 0.0)                                                                                                 \
    X(THOUSAND_RUB, "thousand-rub", 0.0)                                                                               \
    X(MILLION_RUB, "million-rub", 0.0)                                                                                 \
    X(RUB_PER_MONTH, "rub-per-month", 0.0)                                                                             \
    X(MILLION_USD, "million-usd", 0.0)                                                                                 \
    X(USD, "usd", 0.0)                                                                                                 \
    X(EUR, "eur", 0.0)                                                                                                 \
    X(PERSON_PER_MONEY, "person-per-money", 0.0) /* persons for one unit of the table's money */                       \
    X(HOUR, "hour", 0.0)                                                                                               \
    X(KM, "km", 0.0)                                                                                                   \
    X(KM2, "km2", 0.0)                                                                                                 \
    X(DEGREE, "degree", 0.0) /* latitude, longitude: WGS84 */                                                          \
    X(OWN, "own", 0.0)       /* the unit of the input's value */

typedef enum {
#define OKRUG_X(name, code, factor) OKRUG_UNIT_##name,
    OKRUG_UNITS(OKRUG_X)
#undef OKRUG_X
        OKRUG_UNITS_COUNT
} okrug_unit;

const char *okrug_unit_code(okrug_unit unit);
bool okrug_unit_find(const char *code, okrug_unit *unit);
double okrug_unit_count_factor(okrug_unit unit);

/* ---- Words ------------------------------------------------------------------------------------------------------
 * Distinct texts numbered 0, 1, 2 ... in the order in which they came. */
typedef struct okrug_words okrug_words;

okrug_words *okrug_words_new(void); /* NULL when memory is short */
void okrug_words_free(okrug_words *words);
/* The number of that text, added if it is new; -1 when memory is short. */
int32_t okrug_words_add(okrug_words *words, const char *text, size_t length);
/* The number of that text, or -1. */
int32_t okrug_words_find(const okrug_words *words, const char *text, size_t length);
const char *okrug_words_text(const okrug_words *words, int32_t word); /* NUL-terminated; NULL for -1 */
int32_t okrug_words_count(const okrug_words *words);

/* ---- Columns and tables -------------------------------------------------------------------------------------------
 */
typedef enum {
    OKRUG_TEXT,    /* word[row] */
    OKRUG_NUMBER,  /* number[row] */
    OKRUG_GEOMETRY /* word[row]: well-known binary (ISO WKB, little endian, WGS84), in hexadecimal capitals */
} okrug_type;

const char *okrug_type_code(okrug_type type); /* "text", "number", "geometry" */

typedef struct {
    const char *name;
    okrug_type type;
    okrug_unit unit;
    const char *header; /* what the source called this column; NULL: the same */
    int32_t *word;      /* TEXT, GEOMETRY */
    okrug_words *words; /* TEXT, GEOMETRY: owned */
    double *number;     /* NUMBER */
    uint8_t *reason;    /* okrug_reason per row; NULL: no cell is missing */
    int64_t *owners;    /* columns with these very arrays and words, of this table or others */
} okrug_column;

typedef struct okrug_table {
    const char *name;
    int64_t rows;
    int columns;
    okrug_column *column;
    const char *file; /* for messages: where the rows came from; NULL: computed */
    int32_t *line;    /* line of each row in that file, 0 beyond 2^31 - 1; NULL: computed */
    int64_t capacity; /* rows there is room for */
    int *place; /* of each column that was added or left out: where it is in `column`, -1: left out; NULL: as added */
    int places;
    char decimal; /* decimal mark of numbers that are still text: '.' or ','; 0: not said */
    bool typed;   /* from a workbook: texts that read as plain numbers are numbers there, whatever the others say */
    struct okrug_dataset *dataset;
} okrug_table;

/* A column that a result is to have. */
typedef struct {
    const char *table;
    const char *column;
} okrug_asked_column;

typedef struct okrug_dataset {
    const char *id;         /* "municipal-employment", or the analysis for a result */
    const char *kind;       /* "values", "territories", ... or "result" */
    const char *provenance; /* JSON object: what it was made of; NULL: not known */
    int tables;
    okrug_table **table;
    const okrug_asked_column *wanted; /* while it is made: all that is wanted of it; NULL: everything. Not owned */
    int wanted_count;
    struct okrug_chunk *memory; /* names and other small texts */
} okrug_dataset;

okrug_dataset *okrug_dataset_new(const char *id, const char *kind); /* NULL when memory is short */
void okrug_dataset_free(okrug_dataset *dataset);
/* A copy of `text` that lives as long as the dataset; NULL when memory is short. */
const char *okrug_dataset_keep(okrug_dataset *dataset, const char *text);
/* A new empty table, or NULL when memory is short. Pointers to tables stay valid; those to columns until the next
 * column is added. */
okrug_table *okrug_dataset_add_table(okrug_dataset *dataset, const char *name);
okrug_table *okrug_dataset_table(const okrug_dataset *dataset, const char *name); /* NULL: none of that name */
/* Frees the tables that have no columns. */
void okrug_dataset_drop_empty(okrug_dataset *dataset);

/* Adds a column; the rows there are get missing cells (NOT_COLLECTED). Its place, or -1 when memory is short. */
int okrug_table_add_column(okrug_table *table, const char *name, okrug_type type, okrug_unit unit);
/* Gives a place to a column that is not wanted: what okrug_set_... puts there goes nowhere, and the places of the
 * columns that follow are as if it were there. The place, or -1 when memory is short. */
int okrug_table_leave_out_column(okrug_table *table);
/* The column at that place; NULL where it was left out. */
okrug_column *okrug_table_column_at(const okrug_table *table, int place);
okrug_column *okrug_table_column(const okrug_table *table, const char *name); /* NULL: none of that name */
/* The names of all columns with commas between them, for messages; it lives as long as the context. */
const char *okrug_table_column_names(okrug_ctx *ctx, const okrug_table *table);

/* Makes room for `rows` in all. */
okrug_status okrug_table_reserve(okrug_table *table, int64_t rows);
/* Adds one row, all cells missing (NOT_COLLECTED); its number, or -1 when memory is short. `line` may be 0. */
int64_t okrug_table_add_row(okrug_table *table, int64_t line);
/* The same for a caller who sets every cell next: what is not set is neither there nor missing. Columns in which no
 * cell is ever missing need no reasons then. */
int64_t okrug_table_add_row_to_fill(okrug_table *table, int64_t line);

/* The same for `rows` rows at once. */
okrug_status okrug_table_add_rows_to_fill(okrug_table *table, int64_t rows);
/* Gives the column at that place reasons, all of them PRESENT where it has none: for those who set cells themselves. */
okrug_status okrug_table_begin_reasons(okrug_table *table, int place);
/* The column at that place gets all cells of `from`, a column of the same type with as many rows, by having the same
 * arrays; the last of their owners frees them. While they have several no cell of them may be set and no row added
 * (OKRUG_DEFECT). Nothing happens where the place was left out. */
okrug_status okrug_table_share_column(okrug_table *table, int place, const okrug_column *from);
/* Every cell of the column at that place is missing for that reason. */
okrug_status okrug_table_set_all_missing(okrug_table *table, int place, okrug_reason reason);
/* Every cell of a column of text is that text. */
okrug_status okrug_table_set_all_text(okrug_table *table, int place, const char *text);

okrug_status okrug_set_text(okrug_table *table, int column, int64_t row, const char *text, size_t length);
/* For a finite value; see okrug_set_missing for the rest. */
okrug_status okrug_set_number(okrug_table *table, int column, int64_t row, double value);
okrug_status okrug_set_missing(okrug_table *table, int column, int64_t row, okrug_reason reason);
/* The value where it is finite, else missing for that reason. */
okrug_status okrug_set_number_or(okrug_table *table, int column, int64_t row, double value, okrug_reason reason);

/* The cell of a column of the same type, with its reason where it is missing. */
okrug_status okrug_set_cell(okrug_table *table, int column, int64_t row, const okrug_column *from, int64_t from_row);

/* Whether two cells of columns of one type are the same: numbers bit for bit, missing cells for the same reason. */
bool okrug_cells_same(const okrug_column *one, int64_t row, const okrug_column *other, int64_t other_row);

okrug_reason okrug_reason_at(const okrug_column *column, int64_t row);
const char *okrug_text_at(const okrug_column *column, int64_t row); /* NULL where it is missing */
double okrug_number_at(const okrug_column *column, int64_t row);    /* NaN where it is missing; column NULL: NaN */
/* The same by the name of the column; NULL and NaN also where the table has no column of texts (numbers) of that name.
 */
const char *okrug_table_text(const okrug_table *table, const char *column, int64_t row);
double okrug_table_number(const okrug_table *table, const char *column, int64_t row);
/* Where that row came from, for a message; `column` may be NULL. */
okrug_place okrug_table_place(const okrug_table *table, int64_t row, const char *column);

/* The text of the `reason` column of files: "lq:zero-total;lo:undefined" for the missing cells of that row, written
 * to `text` (which must have room for what it says; see okrug_reason_text_size). Returns its length; 0: none missing.
 * Text columns that are missing for NOT_COLLECTED are an empty cell without a word. */
size_t okrug_reason_text(const okrug_table *table, int64_t row, char *text);
size_t okrug_reason_text_size(const okrug_table *table);
/* Reads such a text back into the cells of the row; false where it is malformed or names no column of the table. */
bool okrug_reason_text_apply(okrug_table *table, int64_t row, const char *text);

#endif
