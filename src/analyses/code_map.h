/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What became of a code: concordances between classifications and reforms of territories, read as one kind of thing.
 */
#ifndef OKRUG_ANALYSES_CODE_MAP_H
#define OKRUG_ANALYSES_CODE_MAP_H

#include <okrug/context.h>
#include <okrug/dataset.h>
#include <okrug/role.h>

/* Row: what is `from` goes to `to`, with that share of it (1 where nothing is said); of reforms: from `period` on. */
#define OKRUG_SHARED_CONCORDANCE_ROLES                                                                                 \
    {"from", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                                \
        {"to", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE}, {                                            \
        "share", OKRUG_NUMBER, OKRUG_OPTIONAL, OKRUG_DOMAIN_SHARE, OKRUG_UNIT_SHARE                                    \
    }
#define OKRUG_REFORM_ROLES                                                                                             \
    {"from", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                                \
        {"to", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                              \
        {"period", OKRUG_TEXT, OKRUG_KEY_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE}, {                               \
        "share", OKRUG_NUMBER, OKRUG_OPTIONAL, OKRUG_DOMAIN_SHARE, OKRUG_UNIT_SHARE                                    \
    }

typedef struct {
    const okrug_table *table;
    int64_t *first; /* of each word of `from`: its first row; -1: none */
    int64_t *next;  /* of each row: the next with the same `from`; -1: none */
    double *share;  /* of each row */
    bool numbers;   /* periods are compared as numbers */
} okrug_code_map;

/* Reads the table. `rescaled`: the shares of a code (and of a reform) are divided by their sum. `numbers`: whether the
 * periods of the data are numbers. OKRUG_BAD_INPUT: "share-missing"; "shares-needed" where a code goes to several in
 * the same period and the table has no shares. Scratch memory. */
okrug_status okrug_code_map_read(okrug_ctx *ctx, const okrug_table *table, bool rescaled, bool numbers,
                                 okrug_code_map *map);

/* Where a part of a code ended. */
typedef struct {
    const char *code;
    double share;       /* of what the code had */
    bool late;          /* the code was still in use when it should have been gone */
    const char *stands; /* late: what the part was called by then in that period */
} okrug_code_part;

typedef struct {
    bool known; /* the table speaks of the code in that period */
    int64_t count;
    okrug_code_part *part;
    int64_t room;
} okrug_code_parts;

/* The parts of `code` in `period` (NULL: no period), in scratch memory that is used again from call to call. A reform
 * counts where its period is after the data's (without periods always), and what comes out of it goes on through later
 * reforms. A code that a reform has ended before the data's period, and none has brought back, goes the same way, late.
 * Unknown codes have no parts. OKRUG_NO_MEMORY. */
okrug_status okrug_code_map_parts(okrug_ctx *ctx, const okrug_code_map *map, const char *code, const char *period,
                                  okrug_code_parts *parts);

#endif
