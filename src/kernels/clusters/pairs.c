/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Similarity of pairs: shares of what industries sell to each other, one scale for all matrices, the nearest of each.
 */
#include <math.h>

#include <okrug/clusters.h>
#include <okrug/numeric.h>

/* Pairs that differ by no more than this share of the largest do not differ. */
static const double rounding = 1e-12;

static double share_of(double part, double whole) {
    return whole > 0.0 ? part / whole : 0.0;
}

void okrug_input_output_similarity(int64_t n, const double *flow, const double *sold, const double *bought,
                                   double *similarity) {
    for (int64_t i = 0; i < n; i++) {
        for (int64_t j = i; j < n; j++) {
            double there = flow[i * n + j], back = flow[j * n + i];
            double largest = fmax(fmax(share_of(there, sold[i]), share_of(there, bought[j])),
                                  fmax(share_of(back, sold[j]), share_of(back, bought[i])));
            similarity[i * n + j] = similarity[j * n + i] = largest;
        }
    }
}

static void nearest_on_diagonal(int64_t n, double *z) {
    for (int64_t i = 0; i < n; i++) {
        double largest = n > 1 ? -(double)INFINITY : 0.0;
        for (int64_t j = 0; j < n; j++) {
            largest = j != i ? fmax(largest, z[i * n + j]) : largest;
        }
        z[i * n + i] = largest;
    }
}

okrug_pair_summary okrug_standardise_pairs(int64_t n, const double *m, double *z) {
    okrug_pair_summary summary = {0};
    okrug_sum sum = {0}, squares = {0};
    for (int64_t i = 0; i < n; i++) {
        for (int64_t j = i + 1; j < n; j++) {
            if (isfinite(m[i * n + j])) {
                okrug_sum_add(&sum, m[i * n + j]);
                summary.pairs++;
            } else {
                summary.undefined++;
            }
        }
    }
    summary.mean = summary.pairs > 0 ? okrug_sum_value(&sum) / (double)summary.pairs : (double)NAN;
    double least = (double)INFINITY, most = -(double)INFINITY;
    for (int64_t i = 0; i < n; i++) {
        for (int64_t j = i + 1; j < n; j++) {
            double v = m[i * n + j];
            if (isfinite(v)) {
                okrug_sum_add(&squares, (v - summary.mean) * (v - summary.mean));
                least = fmin(least, v);
                most = fmax(most, v);
            }
        }
    }
    double deviation = summary.pairs > 0 ? sqrt(okrug_sum_value(&squares) / (double)summary.pairs) : (double)NAN;
    bool same = most - least <= rounding * fmax(fabs(least), fabs(most));
    summary.deviation = summary.pairs > 0 && same ? 0.0 : deviation;
    for (int64_t i = 0; i < n; i++) {
        for (int64_t j = i + 1; j < n; j++) {
            double v = m[i * n + j];
            bool there = isfinite(v) && summary.deviation > 0.0;
            z[i * n + j] = z[j * n + i] = there ? (v - summary.mean) / summary.deviation : 0.0;
        }
    }
    nearest_on_diagonal(n, z);
    return summary;
}

void okrug_average_pairs(int64_t n, int64_t count, const double *const *z, double *mean) {
    for (int64_t c = 0; c < n * n; c++) {
        double sum = 0.0;
        for (int64_t m = 0; m < count; m++) {
            sum += z[m][c];
        }
        mean[c] = sum / (double)count;
    }
    nearest_on_diagonal(n, mean);
}

/* The `nearest` of i, by insertion: rank[0 .. found) falls in similarity; of equal ones the first stands first. */
static int64_t nearest_of(int64_t n, const double *s, int64_t nearest, int64_t i, int32_t *rank) {
    int64_t found = 0;
    for (int64_t j = 0; j < n; j++) {
        double own = s[i * n + j];
        if (j == i || !(own > 0.0) || (found == nearest && own <= s[i * n + rank[found - 1]])) {
            continue;
        }
        int64_t at = found < nearest ? found++ : found - 1;
        for (; at > 0 && s[i * n + rank[at - 1]] < own; at--) {
            rank[at] = rank[at - 1];
        }
        rank[at] = (int32_t)j;
    }
    return found;
}

int64_t okrug_nearest_links(int64_t n, const double *s, int64_t nearest, int32_t *from, int32_t *to, double *weight,
                            int32_t *rank) {
    int32_t *start = rank + n; /* of the links that each made */
    int64_t links = 0;
    for (int64_t i = 0; i < n; i++) {
        int64_t found = nearest_of(n, s, nearest, i, rank);
        start[i] = (int32_t)links;
        for (int64_t k = 0; k < found; k++) {
            int64_t j = rank[k];
            bool twice = false; /* j came before and has made the link already */
            for (int64_t e = start[j < i ? j : i]; j < i && !twice && e < start[j + 1]; e++) {
                twice = to[e] == i || from[e] == i;
            }
            if (!twice) {
                from[links] = (int32_t)(j < i ? j : i);
                to[links] = (int32_t)(j < i ? i : j);
                weight[links++] = s[i * n + j];
            }
        }
        start[i + 1] = (int32_t)links;
    }
    return links;
}
