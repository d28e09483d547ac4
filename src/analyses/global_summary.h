/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table that Moran's I, Geary's C and Getis and Ord's G give: a row for each industry and period.
 */
#ifndef OKRUG_ANALYSES_GLOBAL_SUMMARY_H
#define OKRUG_ANALYSES_GLOBAL_SUMMARY_H

#include "analyses/neighbours.h"

/* Its columns; formulas are those of the statistic. */
#define OKRUG_SUMMARY_COLUMNS(value_formula, expectation_formula, z_formula)                                           \
    {"statistic", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL}, {"value", OKRUG_NUMBER, OKRUG_UNIT_INDEX, value_formula},        \
        {"expectation", OKRUG_NUMBER, OKRUG_UNIT_INDEX, expectation_formula},                                          \
        {"variance", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "of the statistic, given the values (Cliff and Ord 1981)"},       \
        {"z", OKRUG_NUMBER, OKRUG_UNIT_INDEX, z_formula},                                                              \
        {"p_normal", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "P of a standard normal variable beyond z"},                      \
        {"p_permutation", OKRUG_NUMBER, OKRUG_UNIT_SHARE,                                                              \
         "(draws beyond + 1) / (--permutations + 1); two-sided: twice the smaller tail's"},                            \
        {"alternative", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},                                                            \
        {"permutation_mean", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "mean of the statistic over the draws"},                  \
        {"permutation_variance", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "its variance over the draws"},                       \
        {"regions", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "n: regions with a value"},                                        \
        {"islands", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "of these, without neighbours"},                                   \
        {"links", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "w_ij > 0 among them"},                                              \
        {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL}, {                                                             \
        "period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL                                                                    \
    }

typedef struct {
    okrug_global_statistic statistic;
    okrug_assumption assumption;
    const char *code; /* in the column `statistic` */
    okrug_spatial_options options;
} okrug_summary_request;

okrug_status okrug_global_summary(okrug_ctx *ctx, const okrug_job *job, const okrug_summary_request *request,
                                  const okrug_output *output, okrug_dataset *result);

#endif
