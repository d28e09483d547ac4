/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Invented firms, and all that hangs on them: tables and registers of any size to try methods and programs on. Every
 * table is a function of the seed and the sizes: the same bytes on any machine (archives: with the same zlib).
 *
 * Nothing here is real but the municipalities: names are made of syllables, taxpayer numbers begin with 00, which no
 * tax office has, and tables say `synthetic` wherever they have room for it.
 */
#ifndef OKRUG_GENERATOR_GENERATOR_H
#define OKRUG_GENERATOR_GENERATOR_H

#include <okrug/context.h>

#define OKRUG_GENERATOR_FIRMS_MOST INT64_C(9000000)
#define OKRUG_GENERATOR_CONTRACTS_MOST INT64_C(100000000)
#define OKRUG_GENERATOR_CLUSTERS_MOST INT64_C(8)

typedef struct {
    uint64_t seed;
    int64_t firms; /* before duplicates */
    int64_t contracts;
    int64_t clusters;   /* at most so many as there are chains */
    double duplicates;  /* share of firms that are written a second time in other words: 0 to 0.5 */
    const char *region; /* two digits: "40" has the municipalities of Kaluga oblast, others invented ones */
    const char *strong; /* beginnings of activities with spaces between: of these there are five times as many firms as
                           usual; NULL: none */
} okrug_generator_request;

/* What can be generated, ended by NULL: "firms", "firm-accounts", "contracts", "products", "equipment", "staff",
 * "clusters", "participants", "facilities", "projects", "milestones", "spending", "obligations", "needs"; and
 * "activities", what they are called (industry, name). */
extern const char *const okrug_generator_tables[];

/* Writes one table as CSV (kinds of `okrug import`, columns by their roles' names). Reports progress
 * ("task.generating") and can be cancelled. Memory: some 30 bytes a firm where a table joins firms, else none that
 * grows. OKRUG_BAD_USAGE where a size is out of range; OKRUG_WRITE_FAILED. */
okrug_status okrug_generate_table(okrug_ctx *ctx, const okrug_generator_request *request, const char *table,
                                  const char *path);

/* The firms as a register in its official shape: "sme" (the register of small and medium firms: large ones are not in
 * it), "egrul" (legal persons: sole traders are not in it), both zip archives of XML files; "gisp",
 * the register of products (CSV). Memory does not grow with the size. */
okrug_status okrug_generate_register(okrug_ctx *ctx, const okrug_generator_request *request, const char *format,
                                     const char *path);

#endif
