/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The line above which the top share of some values is.
 */
#include <math.h>
#include <stdlib.h>

#include <okrug/principles.h>

static int falling(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x < y) - (x > y);
}

double okrug_top_line(int64_t n, const double *x, double share, double *work) {
    int64_t count = 0;
    for (int64_t i = 0; i < n; i++) {
        if (!isnan(x[i])) {
            work[count++] = x[i];
        }
    }
    if (count == 0) {
        return (double)NAN;
    }
    qsort(work, (size_t)count, sizeof *work, falling);
    /* .1 x 30 is a little above 3 in binary. */
    int64_t place = (int64_t)ceil(share * (double)count - 1e-9);
    return work[place < 1 ? 0 : place > count ? count - 1 : place - 1];
}
