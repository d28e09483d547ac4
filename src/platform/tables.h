/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of the registry share: its tables, those that are read and those that are told.
 */
#ifndef OKRUG_PLATFORM_TABLES_H
#define OKRUG_PLATFORM_TABLES_H

#include <okrug/dataset.h>

#include "platform/registry.h"
#include "store/rows.h"

/* `card`: lists and cards are made of it too, not applications alone; `asked`: a card says where there is none.
 * X(name, id, card, asked) */
#define OKRUG_REGISTRY_KINDS(X)                                                                                        \
    X(CLUSTERS, "clusters", true, true)                                                                                \
    X(PARTICIPANTS, "participants", true, true)                                                                        \
    X(FIRMS, "firms", true, true)                                                                                      \
    X(ACCOUNTS, "firm-accounts", false, false)                                                                         \
    X(FACILITIES, "facilities", true, true)                                                                            \
    X(STAFF, "staff", false, false)                                                                                    \
    X(PROJECTS, "projects", true, true)                                                                                \
    X(MILESTONES, "milestones", true, true)                                                                            \
    X(SPENDING, "spending", true, true)                                                                                \
    X(OBLIGATIONS, "obligations", true, true)                                                                          \
    X(NEEDS, "needs", true, false)                                                                                     \
    X(EQUIPMENT, "equipment", true, false)                                                                             \
    X(CONTRACTS, "contracts", true, true)

typedef enum {
#define OKRUG_X(name, id, card, asked) OKRUG_REGISTRY_##name,
    OKRUG_REGISTRY_KINDS(OKRUG_X)
#undef OKRUG_X
        OKRUG_REGISTRY_KIND_COUNT
} okrug_registry_kind;

extern const char *const okrug_registry_kind_ids[OKRUG_REGISTRY_KIND_COUNT];
bool okrug_registry_of_card(okrug_registry_kind kind);
bool okrug_registry_is_asked(okrug_registry_kind kind);

typedef struct {
    okrug_ctx *ctx;
    okrug_store *store;
    const char *date;                               /* YYYY-MM-DD */
    const char *id[OKRUG_REGISTRY_KIND_COUNT];      /* of the dataset; NULL: there is none */
    okrug_dataset *head[OKRUG_REGISTRY_KIND_COUNT]; /* with its columns, without rows */
    okrug_dataset *rows[OKRUG_REGISTRY_KIND_COUNT]; /* what was read last; NULL: nothing */
    okrug_dataset *told;                            /* the answer, table by table */
} okrug_registry;

/* Finds the datasets. OKRUG_NOT_FOUND ("no-clusters"), OKRUG_BAD_USAGE ("several-of-kind", where the request may choose
 * "several-datasets"; "bad-option-value"). Close also after a failure. */
okrug_status okrug_registry_open(okrug_ctx *ctx, okrug_store *store, const okrug_registry_request *request,
                                 okrug_registry *r);
void okrug_registry_close(okrug_registry *r);

/* Reads the rows whose cells in these columns (`second` NULL: the first only; `first` NULL: all rows) are among the
 * words. None where there is no such dataset or column. */
okrug_status okrug_registry_read(okrug_registry *r, okrug_registry_kind kind, const char *first, const char *second,
                                 const okrug_words *among);
/* The same into a dataset of its own, which is the caller's; NULL: none. */
okrug_status okrug_registry_fetch(okrug_registry *r, okrug_registry_kind kind, const char *first, const char *second,
                                  const okrug_words *among, okrug_dataset **rows);
int64_t okrug_registry_rows(const okrug_registry *r, okrug_registry_kind kind);
/* A column of what was read; NULL: none. */
const okrug_column *okrug_registry_column(const okrug_registry *r, okrug_registry_kind kind, const char *name);
/* A cell of it; NULL and NaN where it is missing, or its column is, or the row is -1. */
const char *okrug_registry_text(const okrug_registry *r, okrug_registry_kind kind, const char *column, int64_t row);
double okrug_registry_number(const okrug_registry *r, okrug_registry_kind kind, const char *column, int64_t row);
/* Whether the date is within `since` and `until` of that row. */
bool okrug_registry_in_force(const okrug_registry *r, okrug_registry_kind kind, int64_t row);
/* Whether the row says of itself that it was invented. */
bool okrug_registry_synthetic(const okrug_registry *r, okrug_registry_kind kind, int64_t row);
/* Whether what is due then, and was done then (either may be NULL), is late on the date. */
bool okrug_registry_late(const okrug_registry *r, const char *due, const char *done);
/* Whether that day (NULL: not known) is not after the date. */
bool okrug_registry_by_then(const okrug_registry *r, const char *day);
/* Adds the text, if there is one. */
okrug_status okrug_registry_note(okrug_words *words, const char *text);
/* The number of the text among the words, or -1, also for NULL. */
int32_t okrug_registry_find(const okrug_words *words, const char *text);

/* ---- What is told: `format` has a letter and a name for each column ("t:firm n:employees c:count r:amount b:late"):
 * text, number of persons, count, roubles, yes or no; x is any number. */
okrug_table *okrug_registry_tell(okrug_registry *r, const char *name, const char *format); /* NULL: memory is short */

/* A row that is filled from left to right; a failure is remembered. */
typedef struct {
    okrug_table *table;
    int64_t row;
    int column;
    okrug_status status;
} okrug_told_row;

okrug_told_row okrug_told_begin(okrug_table *table);
void okrug_told_text(okrug_told_row *row, const char *text); /* NULL: missing */
void okrug_told_number(okrug_told_row *row, double value);   /* NaN: missing */
void okrug_told_truth(okrug_told_row *row, bool truth);

okrug_status okrug_registry_tell_list(okrug_registry *r);
okrug_status okrug_registry_tell_card(okrug_registry *r, const char *cluster);

#endif
