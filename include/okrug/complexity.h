/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Economic complexity and the product space: which regions have what, how complex that is, and what is near it.
 *
 * Matrices are row-major; the matrix of regions by products (industries) is value[r * products + p]. A presence matrix
 * M holds 1 where the region is specialised in the product, else 0. Functions fail with OKRUG_NO_MEMORY,
 * OKRUG_CANCELLED, OKRUG_DEFECT (M holds anything else), or as linalg.h says; results have the same bytes on any number
 * of threads. Where a formula has no value the result is NaN, and when is said at each function.
 *
 * Sources: Hidalgo and Hausmann (2009), Hausmann and Hidalgo et al., The Atlas of Economic Complexity (2014); Hidalgo,
 * Klinger, Barabasi and Hausmann (2007); van Eck and Waltman (2009) and Steijn (2017) for relatedness. Pinned by
 * tests/case/complexity (the Growth Lab's sample of 10 countries and 30 products, against their Stata program).
 */
#ifndef OKRUG_COMPLEXITY_H
#define OKRUG_COMPLEXITY_H

#include <stdbool.h>
#include <stdint.h>

#include <okrug/context.h>
#include <okrug/status.h>

/* rca (regions x products): location quotients of `value` against its own totals (see concentration.h), NaN in regions
 * and products whose sum is 0. presence: 1 where rca >= threshold (1 is usual), else 0. O(regions x products). */
okrug_status okrug_presence(okrug_ctx *ctx, int64_t regions, int64_t products, const double *value, double threshold,
                            double *rca, double *presence);

typedef struct {
    int64_t regions, products; /* how many have anything at all; the others are left out and their scores are NaN */
    int64_t components;        /* pieces of the network of these regions and products; scores need 1 */
    double lambda2, lambda3;   /* second and third largest eigenvalues of D^-1 M U^-1 M'; 0 where there is none */
    bool ambiguous;            /* lambda2 - lambda3 < 1e-8: any mixture of two vectors answers as well; no scores */
    double origin;             /* what was taken off in standardising: the unshifted score of a product, in the same
                                  unit, is its pci + origin; NaN without scores */
} okrug_complexity_summary;

/* Diversity k_c (sums of M's rows), ubiquity k_p (of its columns), and the complexity of regions (eci) and products
 * (pci). K is the second right eigenvector of D^-1 M U^-1 M' with D, U the diagonal matrices of k_c, k_p, its sign such
 * that it goes up with diversity (correlation > 0; where that is 0, such that its largest entry is positive); Q =
 * U^-1 M' K / lambda2. Both are standardised by the mean and the population standard deviation of K, so the eci of a
 * region is the mean pci of its products. All scores are NaN where components != 1 or ambiguous. The eigenvectors are
 * those of the symmetric matrix on the smaller side. From 128 on they are sought among images of 8 random vectors:
 * O(regions x products) for each of some 20 steps; scratch: 350 x smaller side + 200,000 numbers, and regions x
 * products more where there are empty rows or columns. Lambda2 has the same digits as from the whole matrix, lambda3 is
 * right to 1e-5. Where they do not settle, or lambda2 - lambda3 < 1e-6, the matrix is decomposed as a whole: O(regions
 * x products x smaller side), scratch: regions x products + smaller side^2 numbers. Test: the nested 4 x 4 triangle has
 * eci +-1.3416408, +-.4472136. */
okrug_status okrug_complexity_scores(okrug_ctx *ctx, int64_t regions, int64_t products, const double *presence,
                                     double *diversity, double *ubiquity, double *eci, double *pci,
                                     okrug_complexity_summary *summary);

/* proximity (products x products, symmetric): the smaller of the two conditional probabilities that a region that has
 * one has the other, (M'M)_pq / max(k_p, k_q). 0 on the diagonal, and for products that no region has.
 * O(regions x products^2 / 48): the bits of M are counted, which is exact. Scratch, here as in the functions below: 1/3
 * byte for each cell of M. Test: nested 4 x 4: .75 between the first two. */
okrug_status okrug_proximity(okrug_ctx *ctx, int64_t regions, int64_t products, const double *presence,
                             double *proximity);

/* density (regions x products) = scale sum_q M_cq R_qp / sum_q R_qp: how much of what is related to the product the
 * region has already. R (products x products) is symmetric, not negative, with
 * a diagonal of 0: a proximity or a relatedness. `scale` is 1 for shares, 100 for per cent. NaN for products related to
 * none. O(regions x products^2 / 6). */
okrug_status okrug_density(okrug_ctx *ctx, int64_t regions, int64_t products, const double *presence,
                           const double *relatedness, double scale, double *density);

/* What there is to gain from products that a region lacks, from the results of the functions above. Q is the unshifted
 * complexity, pci + origin. NaN everywhere without scores, else for regions and products that were left out.
 *
 *   coi (regions): complexity outlook, sum_p density_cp (1 - M_cp) Q_p, standardised over the regions by mean and
 *     population standard deviation (NaN where all are equal). `density` is in shares.
 *   cog (regions x products): gain of outlook, (1 - M_cp) sum_q (1 - M_cq) phi_pq Q_q / sum_s phi_qs; 0 for products
 *     that the region has. In units of the standard deviation of K.
 *
 * `origin` is that of the summary. O(regions x products^2 / 6). */
okrug_status okrug_complexity_outlook(okrug_ctx *ctx, int64_t regions, int64_t products, const double *presence,
                                      const double *proximity, const double *density, const double *pci, double origin,
                                      double *coi, double *cog);

/* ---- Fitness ---------------------------------------------------------------------------------------------------- */

typedef struct {
    int64_t iterations;    /* at most so many; > 0 */
    bool stops;            /* stop when it is stable; false: make all iterations */
    double regularisation; /* delta of the regularised form; 0: the classic one */
} okrug_fitness_plan;

typedef enum {
    OKRUG_FITNESS_ITERATIONS, /* all were made */
    OKRUG_FITNESS_STABLE,     /* the order of the regions had not changed in the last half of at least 20 iterations */
    OKRUG_FITNESS_CONVERGED,  /* no value changes any more (by 1e-12 of itself) */
    OKRUG_FITNESS_COLLAPSED   /* one more would bring a value below 1e-280 */
} okrug_fitness_stop;

typedef struct {
    int64_t regions, products; /* how many have anything at all; the others are left out */
    int64_t components;        /* pieces of their network: between pieces fitness compares only sizes */
    int64_t iterations;        /* made */
    int64_t last_change;       /* the last of them that changed the order of the regions; 0: none did */
    okrug_fitness_stop stopped;
} okrug_fitness_summary;

/* Fitness of regions and complexity of products, both from 1:
 *
 *   classic:      F_c = sum_p M_cp Q_p, Q_p = 1 / sum_c M_cp / F_c, from the values of the step before; then each is
 *                 divided by its mean. Many values go to 0 like a power of the number of iterations or faster, and have
 *                 no limit but that: what settles is their order. So it stops where the order of the regions has not
 *                 changed since half of the iterations (a window that grows, because ever slower changes are to be
 *                 expected); values nearer than 1e-9 of themselves have no order.
 *   regularised:  F_c = delta^2 + sum_p M_cp / P_p, P_p = 1 + sum_c M_cp / F_c, without division; Q_p = 1 / (P_p - 1).
 *                 It has a fixed point for every delta > 0 and stops there.
 *
 * NaN for regions and products without any. O(iterations x number of ones of M). Scratch: 2 x ones of int32 and some
 * vectors. Sources: Tacchella, Cristelli, Caldarelli, Gabrielli and Pietronero (2012); Pugliese, Zaccaria and
 * Pietronero (2016) on convergence; Servedio, Butta, Mazzilli, Tacchella and Pietronero (2018). Test: nested 4 x 4, two
 * steps: F = 25/12, 13/12, 7/12, 1/4. */
okrug_status okrug_fitness(okrug_ctx *ctx, int64_t regions, int64_t products, const double *presence,
                           const okrug_fitness_plan *plan, double *fitness, double *complexity,
                           okrug_fitness_summary *summary);

/* ---- Relatedness ------------------------------------------------------------------------------------------------ */

/* How often two things occur together, made comparable. With C_ij the co-occurrences, S_i the sum of C's row i without
 * its diagonal and T the sum of all S:
 *   cosine       C_ij / sqrt(S_i S_j)
 *   Jaccard      C_ij / (S_i + S_j - C_ij)
 *   association  T C_ij / (S_i S_j): observed over expected
 *   probability  C_ij / (T/2 (S_i/T S_j/(T - S_i) + S_j/T S_i/(T - S_j))): the same with a pair drawn without putting
 *                back (Steijn 2017) */
typedef enum {
    OKRUG_RELATEDNESS_COSINE,
    OKRUG_RELATEDNESS_JACCARD,
    OKRUG_RELATEDNESS_ASSOCIATION,
    OKRUG_RELATEDNESS_PROBABILITY
} okrug_relatedness_measure;

/* cooccurrence (products x products, symmetric) = M'M: in how many regions two products are together.
 * O(regions x products^2 / 48). */
okrug_status okrug_cooccurrence(okrug_ctx *ctx, int64_t regions, int64_t products, const double *presence,
                                double *cooccurrence);

/* The same, each region counted so that its things have as much to do with others, one each, however many it has: M'WM
 * with W_r = 1 / (k_r - 1), nothing for regions with one thing. For regions that differ in size as patents do, of which
 * one of twenty fields would else count 190 times as much as one of two. The diagonal is of no use. Scratch: regions x
 * products numbers. Source: Perianes-Rodriguez, Waltman and van Eck (2016). */
okrug_status okrug_cooccurrence_fractional(okrug_ctx *ctx, int64_t regions, int64_t products, const double *presence,
                                           double *cooccurrence);

/* correlation (products x products) of the columns of M, from M'M with its diagonal (okrug_cooccurrence):
 * (n C_ij - k_i k_j) / sqrt(k_i (n - k_i) k_j (n - k_j)), n regions. May be the same array. 0 on the diagonal; NaN for
 * products that all or no regions have. O(products^2). Test: tests/unit/kernels/test_relatedness.c. */
okrug_status okrug_presence_correlation(okrug_ctx *ctx, int64_t regions, int64_t products, const double *cooccurrence,
                                        double *correlation);

/* relatedness (n x n) of a symmetric matrix of co-occurrences (n x n, not negative; its diagonal is not looked at;
 * see okrug_cooccurrence). May be the same array. 0 on the diagonal, and for things that never
 * occur with another. O(n^2). Test: EconGeo's C_23 = 2, S = 3 and 5, T = 14: .51639778, .33333333, 1.32. */
okrug_status okrug_relatedness(okrug_ctx *ctx, int64_t n, const double *cooccurrence, okrug_relatedness_measure measure,
                               double *relatedness);

#endif
