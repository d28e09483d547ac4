/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the squares of plants' sizes can sum to where only the number of plants in classes of size is known.
 */
#include <math.h>

#include <okrug/plants.h>

static const double SLACK = 1e-9; /* totals and bounds may be rounded */

static bool possible(double least, double most, double total) {
    return total >= least - SLACK * fabs(least) && total <= most + SLACK * fabs(most);
}

/* n plants of sizes from a to b (perhaps infinite) that sum to `total`: all equal, or as unequal as can be. */
static bool one_class(double n, double a, double b, double total, double *least, double *most) {
    if (!possible(n * a, n > 0.0 ? n * b : 0.0, total)) {
        return false;
    }
    if (!(n > 0.0)) {
        return true;
    }
    *least += total * total / n;
    /* What is above the least sizes fills as many plants as it can, and one with the rest. */
    double above = fmax(0.0, total - n * a), width = b - a;
    double full = isinf(width) || !(width > 0.0) ? 0.0 : fmin(n, floor(above / width));
    *most += full > 0.0 ? full * b * b : 0.0;
    if (full < n) {
        double rest = full > 0.0 ? fmax(0.0, above - full * width) : above;
        *most += (a + rest) * (a + rest) + (n - full - 1.0) * a * a;
    }
    return true;
}

/* Classes whose totals are not known share `total` (c->total is NaN in them). */
static double at_level(const okrug_size_classes *c, double level, double *squares) {
    double sum = 0.0;
    *squares = 0.0;
    for (int64_t k = 0; k < c->classes; k++) {
        if (isnan(c->total[k]) && c->plants[k] > 0.0) {
            double size = fmin(fmax(level, c->least[k]), c->most[k]);
            sum += c->plants[k] * size;
            *squares += c->plants[k] * size * size;
        }
    }
    return sum;
}

/* The least: all plants at one level, cut to their classes. */
static double most_equal(const okrug_size_classes *c, double total) {
    double low = 0.0, high = total, squares;
    for (;;) { /* ends when the two are neighbours */
        double middle = low + (high - low) / 2.0;
        if (middle <= low || middle >= high) {
            break;
        }
        if (at_level(c, middle, &squares) < total) {
            low = middle;
        } else {
            high = middle;
        }
    }
    at_level(c, high, &squares);
    return squares;
}

/* At the most: what is above the least sizes goes where a unit of it adds most squares, a + b between a and b. */
static double most_unequal(const okrug_size_classes *c, double above, double *work) {
    double squares = 0.0;
    for (int64_t k = 0; k < c->classes; k++) {
        bool here = isnan(c->total[k]) && c->plants[k] > 0.0;
        double most = fmin(c->most[k], c->least[k] + above);
        work[k] = here ? c->least[k] + most : -1.0;
        squares += here ? c->plants[k] * c->least[k] * c->least[k] : 0.0;
    }
    while (above > 0.0) {
        int64_t best = -1;
        for (int64_t k = 0; k < c->classes; k++) {
            best = work[k] >= 0.0 && (best < 0 || work[k] > work[best]) ? k : best;
        }
        if (best < 0) {
            break;
        }
        double room = c->plants[best] * (work[best] - 2.0 * c->least[best]);
        double taken = fmin(room, above);
        squares += taken * work[best];
        above -= taken;
        work[best] = -1.0;
    }
    return squares;
}

bool okrug_size_class_squares(const okrug_size_classes *classes, double total, double *work, double *least,
                              double *most) {
    double low = 0.0, high = 0.0, left = total, floor_of_rest = 0.0, roof_of_rest = 0.0;
    bool good = total > 0.0;
    int64_t open = 0;
    *least = *most = (double)NAN;
    for (int64_t k = 0; good && k < classes->classes; k++) {
        double n = classes->plants[k], a = classes->least[k], b = classes->most[k];
        if (!isnan(classes->total[k])) {
            good = one_class(n, a, b, classes->total[k], &low, &high);
            left -= classes->total[k];
        } else if (n > 0.0) {
            open++;
            floor_of_rest += n * a;
            roof_of_rest += n * b;
        }
    }
    if (!good || !(open > 0 ? possible(floor_of_rest, roof_of_rest, left) : fabs(left) <= SLACK * total)) {
        return false;
    }
    if (open > 0) {
        low += most_equal(classes, left);
        high += most_unequal(classes, left - floor_of_rest, work);
    }
    *least = low;
    *most = fmin(high, total * total); /* one plant has it all */
    return true;
}
