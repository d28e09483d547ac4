/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A region beside its nation: employment by industry and the national coefficients, and what each convention of scaling
 * them makes of the region's multipliers.
 */
#ifndef OKRUG_ANALYSES_REGIONAL_CASE_H
#define OKRUG_ANALYSES_REGIONAL_CASE_H

#include <okrug/inputoutput.h>

#include "analyses/io_table.h"

typedef struct {
    okrug_io io;
    double *region;      /* n: employment */
    double *nation;      /* n: of all regions together */
    double *a;           /* n x n: national coefficients */
    double *value_added; /* n, per unit of output; NULL: not named */
} okrug_regional_case;

/* Takes the table that `request` describes, and from `employment` (region, industry, period, value; one period) the
 * region's and the sum of all, of as many regions as `grain` asks for. Scratch memory. Besides what okrug_io_read says:
 * BAD_INPUT "no-region", "one-period", "no-employment" for each industry of the table that the region has no number
 * for. */
okrug_status okrug_regional_case_read(okrug_ctx *ctx, const okrug_io_request *request, const okrug_texts *value_added,
                                      const okrug_table *employment, const char *region, const okrug_grain *grain,
                                      okrug_regional_case *rc);

/* One convention. */
typedef struct {
    okrug_regional_method method;
    double delta; /* NaN where the method has none */
} okrug_regional_variant;

/* SLQ, CILQ, and FLQ and AFLQ with delta .15, .20 ... .35 */
enum { OKRUG_REGIONAL_VARIANTS = 12 };
void okrug_regional_variants(okrug_regional_variant list[OKRUG_REGIONAL_VARIANTS]);

/* Regional coefficients a (n x n). What the region has none of it can neither deliver nor use. cap: never above
 * 1 but for AFLQ; 0: 1, and none for AFLQ. */
void okrug_regional_coefficients(const okrug_regional_case *rc, okrug_regional_variant variant, double cap, double *a);

enum { OKRUG_REGIONAL_MEASURES = 3 };
/* What is measured, and the number of that: output, value added where it is named, employment. */
int okrug_regional_measures(const okrug_regional_case *rc, const char *name[OKRUG_REGIONAL_MEASURES]);
/* Multipliers (measures x n) of those coefficients. Those of employment are per person of the industry itself; NaN
 * where the nation has none in it. */
okrug_status okrug_regional_multipliers(okrug_ctx *ctx, const okrug_regional_case *rc, const double *a,
                                        double *multiplier);

#endif
