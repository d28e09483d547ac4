/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Random numbers for invented things: each thing has its own, so that none depends on how many there are before it.
 *
 * Only operations that IEEE 754 rounds in one way are used (no functions of the machine's library), because the last
 * digit of a logarithm may decide a head-count.
 */
#ifndef OKRUG_GENERATOR_DRAWS_H
#define OKRUG_GENERATOR_DRAWS_H

#include <okrug/numeric.h>

typedef enum {
    DRAW_FIRM = 0x47454e01, /* apart from the numbers that analyses have */
    DRAW_NAME,
    DRAW_PLACE,
    DRAW_CODES,
    DRAW_ACCOUNTS,
    DRAW_CONTRACT,
    DRAW_PRODUCT,
    DRAW_EQUIPMENT,
    DRAW_STAFF,
    DRAW_CLUSTER,
    DRAW_PROJECT,
    DRAW_DUPLICATE,
    DRAW_NEED
} draw_subject;

typedef struct {
    okrug_random_key key;
    double u[2];
    int left;
} draws;

draws draws_of(uint64_t seed, draw_subject subject, uint64_t unit);
double draw_uniform(draws *d);               /* [0, 1) */
int64_t draw_below(draws *d, int64_t count); /* 0 ... count - 1 */
double draw_normal(draws *d);                /* nearly: the sum of twelve uniform numbers less 6 */
double draw_exponential_of(double x);        /* e to the x, |x| <= 40 */
double draw_around(draws *d, double middle,
                   double spread); /* log-normal: median, standard deviation of its logarithm */

#endif
