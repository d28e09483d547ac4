/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The similarity matrices of Delgado, Porter and Stern (2016) from an analysis's inputs, over the industries that all
 * of them know.
 */
#ifndef OKRUG_ANALYSES_SIMILARITY_MATRICES_H
#define OKRUG_ANALYSES_SIMILARITY_MATRICES_H

#include <okrug/clusters.h>

#include "analyses/analysis.h"

/* In the order of their columns. X(name, code) */
#define OKRUG_SIMILARITIES(X)                                                                                          \
    X(LC_EMPLOYMENT, "lc_employment")                                                                                  \
    X(LC_ESTABLISHMENTS, "lc_establishments")                                                                          \
    X(COAGGLOMERATION, "coagglomeration")                                                                              \
    X(INPUT_OUTPUT, "input_output")                                                                                    \
    X(OCCUPATIONS, "occupations")

enum {
#define OKRUG_X(name, code) OKRUG_SIMILARITY_##name,
    OKRUG_SIMILARITIES(OKRUG_X)
#undef OKRUG_X
        OKRUG_SIMILARITY_KINDS
};

/* The inputs that both analyses share, in this order, before their own. */
enum {
    OKRUG_SIMILARITY_INPUT,
    OKRUG_SIMILARITY_ESTABLISHMENTS,
    OKRUG_SIMILARITY_FLOWS,
    OKRUG_SIMILARITY_STAFF,
    OKRUG_SIMILARITY_INDUSTRIES,
    OKRUG_SIMILARITY_INPUTS
};
extern const okrug_role okrug_similarity_value_roles[3];
extern const okrug_role okrug_similarity_flow_roles[3];
extern const okrug_role okrug_similarity_staff_roles[3];
extern const okrug_role okrug_similarity_industry_roles[1];
#define OKRUG_SIMILARITY_INPUT_ROWS                                                                                    \
    [OKRUG_SIMILARITY_INPUT] = {"input", OKRUG_SHAPE_TIDY, true, false, okrug_similarity_value_roles, 3},              \
    [OKRUG_SIMILARITY_ESTABLISHMENTS] =                                                                                \
        {"establishments", OKRUG_SHAPE_TIDY, false, false, okrug_similarity_value_roles, 3},                           \
    [OKRUG_SIMILARITY_FLOWS] = {"input-output", OKRUG_SHAPE_TIDY, false, false, okrug_similarity_flow_roles, 3},       \
    [OKRUG_SIMILARITY_STAFF] = {"occupations", OKRUG_SHAPE_TIDY, false, false, okrug_similarity_staff_roles, 3},       \
    [OKRUG_SIMILARITY_INDUSTRIES] = {"industries", OKRUG_SHAPE_TIDY, false, false, okrug_similarity_industry_roles, 1}

enum { OKRUG_COAGGLOMERATION_OF_VALUE, OKRUG_COAGGLOMERATION_OF_ESTABLISHMENTS };
#define OKRUG_SIMILARITY_PARAMETERS(CHOICE, TEXTS)                                                                     \
    TEXTS(matrix, "matrix")                                                                                            \
    CHOICE(coagglomeration_of, "coagglomeration-of", "value|establishments")

/* Correlations over a few regions are high or low by accident; of fewer industries nothing is a scale. */
#define OKRUG_SIMILARITY_GRAIN_ROWS                                                                                    \
    [OKRUG_SIMILARITY_GRAIN_REGIONS] = {"regions", 10, OKRUG_UNIT_COUNT},                                              \
    [OKRUG_SIMILARITY_GRAIN_INDUSTRIES] = {"industries", 4, OKRUG_UNIT_COUNT},                                         \
    [OKRUG_SIMILARITY_GRAIN_KNOWN] = {"known-share", 0.8, OKRUG_UNIT_SHARE}
enum { OKRUG_SIMILARITY_GRAIN_REGIONS, OKRUG_SIMILARITY_GRAIN_INDUSTRIES, OKRUG_SIMILARITY_GRAIN_KNOWN };

typedef struct {
    const char *industry;
    int kind; /* the matrix that cannot place it */
    okrug_reason reason;
} okrug_left_out;

typedef struct {
    int64_t n;
    const char **industry; /* n */
    double *size;          /* n: sum of its known values */
    int matrices;          /* in use */
    int kind[OKRUG_SIMILARITY_KINDS];
    double *raw[OKRUG_SIMILARITY_KINDS]; /* by kind: n x n; NULL: not in use */
    double *z[OKRUG_SIMILARITY_KINDS];   /* by place in `kind`: standardised */
    okrug_pair_summary summary[OKRUG_SIMILARITY_KINDS];
    double *similarity; /* n x n: the mean of z */
    int64_t left_out;
    okrug_left_out *out;
} okrug_similarities;

extern const char *const okrug_similarity_codes[OKRUG_SIMILARITY_KINDS];

/* Reads the inputs, leaves out industries that a matrix in use cannot place, and computes them. matrix: the names of
 * those to use; none: all that the inputs allow. Scratch memory. OKRUG_BAD_INPUT: "below-grain", "no-rows";
 * "unknown-matrix", "matrix-needs-input". Warns of what is withheld, of industries left out and of those listed that
 * the input lacks. */
okrug_status okrug_similarities_make(okrug_ctx *ctx, const okrug_job *job, const okrug_grain *grain,
                                     const okrug_texts *matrix, int coagglomeration_of, okrug_similarities *out);

#endif
