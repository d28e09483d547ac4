/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files share that make the application of a cluster: its goals, participants, functional map, cooperation,
 * infrastructure, effect, projects and status, and what is missing of them.
 */
#ifndef OKRUG_ENGINE_PACK_H
#define OKRUG_ENGINE_PACK_H

#include "engine/report_make.h"

/* The tables that an application is made from. X(name, kind, needed) */
#define OKRUG_PACK_TABLES(X)                                                                                           \
    X(CLUSTERS, "clusters", true)                                                                                      \
    X(PARTICIPANTS, "participants", true)                                                                              \
    X(FIRMS, "firms", false)                                                                                           \
    X(ACCOUNTS, "firm-accounts", false)                                                                                \
    X(CONTRACTS, "contracts", false)                                                                                   \
    X(FACILITIES, "facilities", false)                                                                                 \
    X(STAFF, "staff", false)                                                                                           \
    X(PROJECTS, "projects", false)                                                                                     \
    X(MILESTONES, "milestones", false)                                                                                 \
    X(SPENDING, "spending", false)                                                                                     \
    X(OBLIGATIONS, "obligations", false)

typedef enum {
#define OKRUG_X(name, kind, needed) OKRUG_PACK_##name,
    OKRUG_PACK_TABLES(OKRUG_X)
#undef OKRUG_X
        OKRUG_PACK_TABLES_COUNT
} okrug_pack_table;

/* Results that it tells. */
typedef enum { OKRUG_PACK_STATUS, OKRUG_PACK_BANDS, OKRUG_PACK_MULTIPLIERS, OKRUG_PACK_RESULTS } okrug_pack_result;

typedef struct {
    const char *code;
    const char *name; /* the code where no table tells it */
    const char *role; /* NULL: not said */
    const char *industry;
    int64_t row;                                                     /* of participants */
    int64_t firm;                                                    /* its row of firms; -1: none */
    int64_t accounts;                                                /* its latest row of firm-accounts; -1: none */
    double revenue;                                                  /* of that row, RUB; NaN: not known */
    double sold_inside, bought_inside, sold_outside, bought_outside; /* by contracts, RUB */
    int64_t contracts;                                               /* with other participants */
} okrug_pack_member;

typedef struct {
    okrug_making m;
    const char *cluster;
    const char *day; /* ISO; NULL: none */
    const okrug_table *table[OKRUG_PACK_TABLES_COUNT];
    const okrug_dataset *result[OKRUG_PACK_RESULTS];
    const char *concordance; /* id of the one from the firms' industries to those of the multipliers; NULL */
    int64_t row;             /* of clusters */
    const char *name;
    int members;
    okrug_pack_member *member;
    double *flow;                               /* members x members, RUB: from the row to the column */
    int64_t *deals;                             /* of each flow */
    const char *first_contract, *last_contract; /* dates; NULL: none is dated */
    bool synthetic;
    bool whole; /* long tables are told whole: for a workbook */
    int lacks;  /* things that are missing, told so far */
} okrug_pack;

/* ---- pack_read.c: everything above, from the store. `chosen`: which of several datasets is meant. OKRUG_NOT_FOUND
 * ("no-data-of-kind", "no-such-cluster"), OKRUG_BAD_USAGE ("several-datasets"). */
okrug_status okrug_pack_read(okrug_pack *p, const okrug_options *chosen);

/* ---- pack_cells.c: cells of the workspace's tables, and tables that are told. */
const okrug_column *okrug_pack_column(const okrug_pack *p, okrug_pack_table table, const char *name); /* NULL: none */
const char *okrug_pack_cell(const okrug_pack *p, okrug_pack_table table, const char *name, int64_t row); /* NULL */
double okrug_pack_number(const okrug_pack *p, okrug_pack_table table, const char *name, int64_t row);    /* NaN */
/* The name of a participant, of others the code. */
const char *okrug_pack_firm(const okrug_pack *p, const char *code);
/* A code of such a column in words, "report.word.COLUMN.CODE", else the code; NULL stays NULL. */
const char *okrug_pack_words(okrug_pack *p, const char *column, const char *code);
/* A date as the reader writes it; NULL stays NULL. */
const char *okrug_pack_date(okrug_pack *p, const char *iso);
/* "12,3 млн руб." */
const char *okrug_pack_money(okrug_pack *p, double roubles);
/* Whether the day of the application, if it has one, is from `since` to `until` of that row. */
bool okrug_pack_in_force(const okrug_pack *p, okrug_pack_table table, int64_t row);

typedef struct {
    const char *name; /* its heading is the text "pack.field.NAME" */
    okrug_type type;
    okrug_unit unit;
} okrug_pack_field;

/* An empty table that lives as long as the report. */
okrug_status okrug_pack_new_table(okrug_pack *p, const okrug_pack_field *field, int count, okrug_table **table);
/* NULL and NaN: missing. */
okrug_status okrug_pack_put(okrug_table *table, int column, int64_t row, const char *text);
okrug_status okrug_pack_put_number(okrug_table *table, int column, int64_t row, double value);
/* Tells the table under the text of that key; `source` may be NULL. Columns in which nothing stands are left out. */
okrug_status okrug_pack_tell(okrug_pack *p, const okrug_table *table, const char *title, const char *source);
/* Where the rows of that table come from. */
const char *okrug_pack_source(okrug_pack *p, okrug_pack_table table);
/* A text of the catalogue as a block, with up to two arguments. */
void okrug_pack_say(okrug_pack *p, okrug_block_kind kind, const char *key, const char *name, const char *value);
/* The sentence that a table is not there and how to bring it. */
void okrug_pack_absent(okrug_pack *p, okrug_pack_table table);

/* ---- The parts, each in a file of its name. */
okrug_status okrug_pack_participants(okrug_pack *p);
okrug_status okrug_pack_map(okrug_pack *p);
okrug_status okrug_pack_cooperation(okrug_pack *p);
okrug_status okrug_pack_infrastructure(okrug_pack *p);
okrug_status okrug_pack_effect(okrug_pack *p);
okrug_status okrug_pack_projects(okrug_pack *p);
/* The verdict as the first page has it. */
okrug_status okrug_pack_verdict(okrug_pack *p);
okrug_status okrug_pack_status(okrug_pack *p);
/* What an application should have and this one has not, as items. */
okrug_status okrug_pack_lacking(okrug_pack *p);

/* The whole report; p->m has context, store, language and report. */
okrug_status okrug_pack_make(okrug_pack *p);

#endif
