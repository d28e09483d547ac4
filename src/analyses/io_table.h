/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An input-output table as an analysis needs it, from a wide sheet (first column and header hold the codes) or from
 * long rows (from, to, value). Codes in both directions are industries; other rows are primary inputs, other columns
 * final demand; what an option names is never an industry. Only the cells that are used are read.
 */
#ifndef OKRUG_ANALYSES_IO_TABLE_H
#define OKRUG_ANALYSES_IO_TABLE_H

#include "analyses/analysis.h"

/* The columns of a long table; where the first input has no columns of these names it is wide. */
#define OKRUG_IO_ROLES                                                                                                 \
    {"from", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                                \
        {"to", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE}, {                                            \
        "value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_ANY, OKRUG_UNIT_OWN                                        \
    }
/* Which industry goes into which group: each industry once. */
#define OKRUG_CONCORDANCE_ROLES                                                                                        \
    {"from", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE}, {                                              \
        "to", OKRUG_TEXT, OKRUG_REQUIRED, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE                                            \
    }

/* The inputs that input-output analyses share: a table, and the groups of its industries. */
#define OKRUG_IO_INPUT                                                                                                 \
    {                                                                                                                  \
        "input", OKRUG_SHAPE_INPUT_OUTPUT, true, false, (const okrug_role[]){OKRUG_IO_ROLES},                          \
            OKRUG_COUNT_OF(((const okrug_role[]){OKRUG_IO_ROLES}))                                                     \
    }
#define OKRUG_CONCORDANCE_INPUT                                                                                        \
    {                                                                                                                  \
        "concordance", OKRUG_SHAPE_TIDY, false, false, (const okrug_role[]){OKRUG_CONCORDANCE_ROLES},                  \
            OKRUG_COUNT_OF(((const okrug_role[]){OKRUG_CONCORDANCE_ROLES}))                                            \
    }

/* Parameters that all input-output analyses share. */
#define OKRUG_IO_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                        \
    TEXT(labels, "labels")                                                                                             \
    TEXT(output, "output")                                                                                             \
    TEXTS(final_demand, "final-demand")                                                                                \
    TEXTS(value_added, "value-added")

typedef struct {
    const okrug_table *table;       /* as the analysis got it */
    const okrug_table *concordance; /* NULL: industries as they are */
    const char *labels;             /* column with the row codes of a wide table; NULL: the first */
    const char *output;             /* row, else column; NULL: output is the sum of each industry's row */
    okrug_texts final_demand;       /* with no output named: the columns that count; none: every other column */
    const okrug_texts *primary;     /* lists of names of primary inputs: no industries and no final demand */
    int primary_count;
    const okrug_texts *demand; /* lists of names of parts of final demand: no industries */
    int demand_count;
} okrug_io_request;

/* The members that come from the shared inputs (their places are INPUT and CONCORDANCE) and parameters; `lists`: an
 * array of the names of primary inputs. */
#define OKRUG_IO_REQUEST(job, parameters, lists)                                                                       \
    .table = (job)->input[INPUT], .concordance = (job)->input[CONCORDANCE], .labels = (parameters)->labels,            \
    .output = (parameters)->output, .final_demand = (parameters)->final_demand, .primary = (lists),                    \
    .primary_count = OKRUG_COUNT_OF(lists)

typedef struct okrug_io_sheet okrug_io_sheet;

typedef struct {
    int64_t n;         /* industries, or groups where a concordance was given */
    const char **code; /* n */
    double *flow;      /* n x n: from row i to column j, in the table's money */
    double *output;    /* n, >= 0 */
    okrug_io_sheet *sheet;
} okrug_io;

/* Scratch memory of the context throughout. OKRUG_BAD_INPUT names every bad cell, unknown name and code without a
 * group. */
okrug_status okrug_io_read(okrug_ctx *ctx, const okrug_io_request *request, okrug_io *io);
/* The sum of the named rows (or, for a name that is no row, columns) over the industries, n doubles; empty cells are 0.
 * BAD_INPUT for a name that the table does not have, has twice, or that is given twice. */
okrug_status okrug_io_vector(okrug_ctx *ctx, const okrug_io *io, const okrug_texts *names, double *vector);
/* The cell of a named row in a named column, 0 where it is empty or one of them is not there. */
okrug_status okrug_io_cell(okrug_ctx *ctx, const okrug_io *io, const char *row, const char *column, double *value);

#endif
