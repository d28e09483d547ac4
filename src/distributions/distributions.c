/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tails and quantiles by GSL. Its error handler, which by default ends the program, is switched off before the first
 * call: every function here checks its domain, and what underflows is 0.
 */
#include <okrug/distributions.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <pthread.h>

static void switch_off(void) {
    (void)gsl_set_error_handler_off();
}

/* The library keeps one handler for the whole process; nothing else here uses it. */
static void quiet(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    (void)pthread_once(&once, switch_off);
}

double okrug_chi_squared_p(double x, double degrees) {
    if (isnan(x) || !(degrees > 0.0)) {
        return (double)NAN;
    }
    quiet();
    return x <= 0.0 ? 1.0 : gsl_cdf_chisq_Q(x, degrees);
}

double okrug_student_p(double t, double degrees) {
    if (isnan(t) || !(degrees > 0.0)) {
        return (double)NAN;
    }
    quiet();
    /* By the incomplete beta function: gsl_cdf_tdist_Q is off by 1e-6 of itself far out (2.7.1). */
    return gsl_cdf_beta_P(degrees / (degrees + t * t), degrees / 2.0, 0.5);
}

double okrug_student_quantile(double level, double degrees) {
    if (!(level > 0.0 && level < 1.0) || !(degrees > 0.0)) {
        return (double)NAN;
    }
    quiet();
    return gsl_cdf_tdist_Qinv((1.0 - level) / 2.0, degrees);
}
