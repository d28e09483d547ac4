/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files share that make the application of a cluster: its goals, participants, functional map, cooperation,
 * infrastructure, effect, projects and status, and what is missing of them. What the registry says of the cluster is
 * its card.
 */
#ifndef OKRUG_PLATFORM_APPLICATION_H
#define OKRUG_PLATFORM_APPLICATION_H

#include "engine/report_make.h"
#include "platform/card.h"

/* Results that it tells. */
typedef enum {
    OKRUG_APPLICATION_STATUS,
    OKRUG_APPLICATION_BANDS,
    OKRUG_APPLICATION_MULTIPLIERS,
    OKRUG_APPLICATION_RESULTS
} okrug_application_result;

typedef struct {
    const char *code;
    const char *name; /* the code where no table tells it */
    const char *role; /* NULL: not said */
    const char *industry;
    int64_t row;                                                     /* of participants */
    int64_t firm;                                                    /* its row of firms; -1: none */
    int64_t accounts;                                                /* its latest row of firm-accounts; -1: none */
    double revenue;                                                  /* of that row, RUB; NaN: not known */
    const char *period;                                              /* of that row; NULL: none, or not said */
    double employees;                                                /* of that row, else of firms; NaN: not known */
    double sold_inside, bought_inside, sold_outside, bought_outside; /* by contracts, RUB; NaN: of none is it known */
    int64_t contracts;                                               /* with other participants */
} okrug_application_member;

typedef struct {
    okrug_making m;
    okrug_registry r;
    okrug_card card;
    const okrug_dataset *result[OKRUG_APPLICATION_RESULTS];
    const char *concordance; /* id of the one that is asked for, from the firms' industries to those of the multipliers;
                                NULL */
    const okrug_dataset *codes;         /* the concordance that is used; NULL */
    const okrug_table *industry_labels; /* what the multipliers' industries are called; NULL: by their codes */
    const char *industry_dimension;     /* in which they are named; NULL: none */
    const char *name;
    int members; /* by the words of card.members */
    okrug_application_member *member;
    double *flow;                               /* members x members, RUB: from the row to the column; NaN: not known */
    int64_t *deals;                             /* of each flow */
    const char *first_contract, *last_contract; /* dates, of those with others too; NULL: none is dated */
    int64_t undated;                            /* contracts without a date, those with others too */
    int64_t unknown;                            /* without an amount, the same */
    int64_t investments;                        /* special investment contracts, the same */
    bool synthetic;
    bool whole; /* long tables are told whole: for a workbook */
    int lacks;  /* things that are missing, told so far */
} okrug_application;

/* ---- application_read.c: everything above, from the store. `p->m` has context, store, and the report that is begun,
 * `p->r` is open. OKRUG_NOT_FOUND ("no-data-of-kind", "no-cluster"), OKRUG_BAD_USAGE ("several-datasets"). */
okrug_status okrug_application_read(okrug_application *p, const okrug_report_request *request);

/* ---- application_cells.c: cells in words, and tables that are told. The name of a firm, else its code. */
const char *okrug_application_firm(const okrug_application *p, const char *code);
/* A code of such a column in words, "report.word.COLUMN.CODE", else the code; NULL stays NULL. */
const char *okrug_application_words(okrug_application *p, const char *column, const char *code);
/* application_evidence.c: what a verdict rests on ("contracts; accounts=none") in words; NULL stays NULL. */
const char *okrug_application_evidence(okrug_application *p, const char *text);
/* A date as the reader writes it; NULL stays NULL. */
const char *okrug_application_date(okrug_application *p, const char *iso);
/* "12,3 млн руб." */
const char *okrug_application_money(okrug_application *p, double roubles);

typedef struct {
    const char *name; /* its heading is the text "pack.field.NAME" */
    okrug_type type;
    okrug_unit unit;
} okrug_application_field;

/* An empty table that lives as long as the report. */
okrug_status okrug_application_new_table(okrug_application *p, const okrug_application_field *field, int count,
                                         okrug_table **table);
/* NULL and NaN: missing. */
okrug_status okrug_application_put(okrug_table *table, int column, int64_t row, const char *text);
okrug_status okrug_application_put_number(okrug_table *table, int column, int64_t row, double value);
/* Tells the table under the text of that key; `source` may be NULL. Columns in which nothing stands are left out. */
okrug_status okrug_application_tell(okrug_application *p, const okrug_table *table, const char *title,
                                    const char *source);
/* Where the rows of that table come from. */
const char *okrug_application_source(okrug_application *p, okrug_registry_kind table);
/* A text of the catalogue as a block, with up to two arguments. */
void okrug_application_say(okrug_application *p, okrug_block_kind kind, const char *key, const char *name,
                           const char *value);
/* The sentence that a table is not there and how to bring it. */
void okrug_application_absent(okrug_application *p, okrug_block_kind kind, okrug_registry_kind table);

/* ---- application_industries.c: the concordance that is asked for, else the only one of the workspace by which a
 * participant gets to these industries; which one it is, or that several would do, is told. NULL: none.
 * OKRUG_NOT_FOUND ("no-concordance"). */
okrug_status okrug_application_concordance(okrug_application *p, const okrug_words *industries,
                                           const okrug_table **table);
/* Whether so much of the beginning of a firm's code is a wider code: 16.1 and 16 are of 16.10, half a division is not.
 */
bool okrug_application_is_wider(const char *code, size_t length);
/* Finds what they are called: by the study, else by the only labels that name all of them. */
okrug_status okrug_application_name_industries(okrug_application *p, const okrug_words *industries);
const char *okrug_application_industry(const okrug_application *p, const char *code);

/* ---- The parts, each in a file of its name. */
okrug_status okrug_application_participants(okrug_application *p);
okrug_status okrug_application_map(okrug_application *p);
okrug_status okrug_application_cooperation(okrug_application *p);
/* application_matrix.c: of the part on cooperation. */
okrug_status okrug_application_matrix(okrug_application *p, const char *source);
okrug_status okrug_application_infrastructure(okrug_application *p);
okrug_status okrug_application_effect(okrug_application *p);
okrug_status okrug_application_projects(okrug_application *p);
/* The verdict as the first page has it. */
okrug_status okrug_application_verdict(okrug_application *p);
okrug_status okrug_application_status(okrug_application *p);
/* application_shares.c: of what the shares of the verdict are shares, and each participant's. */
okrug_status okrug_application_shares(okrug_application *p);
/* A table of the result of status; NULL: there is none. */
const okrug_table *okrug_application_status_table(const okrug_application *p, const char *name);
/* Whether the row is of this cluster: a result may be of several, or of one that it does not name. */
bool okrug_application_is_own(const okrug_application *p, const okrug_table *table, int64_t row);
/* Of the result, the rows of this cluster, to go with a workbook; it lives as long as the report. NULL: it judges the
 * cluster not at all. */
okrug_status okrug_application_own_status(okrug_application *p, const okrug_dataset **own);
/* Projects whose budget is not known. */
int64_t okrug_application_without_budget(const okrug_application *p);
/* What an application should have and this one has not, as items. */
okrug_status okrug_application_lacking(okrug_application *p);

#endif
