/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Regional input coefficients from location quotients.
 */
#include <math.h>

#include <okrug/inputoutput.h>
#include <okrug/numeric.h>

/* Finite for seller and buyer with quotients of their own; NaN passes through. */
static double cross(double seller, double buyer, bool same) {
    if (same) {
        return seller;
    }
    return buyer > 0.0 ? seller / buyer : (double)NAN;
}

static double quotient(okrug_regional_method method, double lambda, double seller, double buyer, bool same) {
    switch (method) {
    case OKRUG_REGIONAL_SLQ:
        return seller;
    case OKRUG_REGIONAL_CILQ:
        return cross(seller, buyer, same);
    case OKRUG_REGIONAL_FLQ:
        return lambda * cross(seller, buyer, same);
    case OKRUG_REGIONAL_AFLQ:
    default:
        return lambda * cross(seller, buyer, same) * (buyer > 1.0 ? log2(1.0 + buyer) : 1.0);
    }
}

void okrug_regional_quotients(int64_t n, const double *region, const double *nation, okrug_regional_method method,
                              double delta, double cap, double *q) {
    double all_region = okrug_sum_of(region, n, 1), all_nation = okrug_sum_of(nation, n, 1);
    bool defined = all_region > 0.0 && all_nation > 0.0;
    double lambda = defined ? pow(log2(1.0 + all_region / all_nation), delta) : (double)NAN;
    for (int64_t i = 0; i < n; i++) {
        for (int64_t j = 0; j < n; j++) {
            double value = (double)NAN;
            if (defined && nation[i] > 0.0) {
                double seller = region[i] / all_region / (nation[i] / all_nation);
                double buyer = nation[j] > 0.0 ? region[j] / all_region / (nation[j] / all_nation) : (double)NAN;
                value = quotient(method, lambda, seller, buyer, i == j);
            }
            q[i * n + j] = value > cap ? cap : value; /* a NaN stays */
        }
    }
}
