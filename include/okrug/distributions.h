/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Distribution functions: the door to the GNU Scientific Library.
 */
#ifndef OKRUG_DISTRIBUTIONS_H
#define OKRUG_DISTRIBUTIONS_H

#include <okrug/context.h>
#include <okrug/status.h>

/* Called before any of the functions below, which are NaN without it: loads the library, once in the life of the
 * process. OKRUG_READ_FAILED ("no-gsl") where it is not there. */
okrug_status okrug_distributions_ready(okrug_ctx *ctx);

/* P(X >= x) of a chi-squared variable with `degrees` > 0 of freedom, 1 for x <= 0. NaN for NaN and for degrees that
 * are not above 0. Within 1e-12 of itself down to 1e-300 (against scipy 1.10.1). */
double okrug_chi_squared_p(double x, double degrees);

/* P(|T| >= |t|) of Student's t with `degrees` > 0 of freedom; NaN as above. Test: t = 2.228138852, 10: .05. */
double okrug_student_p(double t, double degrees);

/* The t > 0 with P(|T| <= t) = level, 0 < level < 1; NaN elsewhere. */
double okrug_student_quantile(double level, double degrees);

#endif
