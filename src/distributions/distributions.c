/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tails and quantiles by GSL, which is loaded when it is first needed: it brings a BLAS of its own, which no start
 * should see. Its error handler, which by default ends the program, is switched off at once: every function here checks
 * its domain, and what underflows is 0.
 */
#include <okrug/distributions.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <pthread.h>
#include <stdbool.h>

#include <okrug/library.h>

/* X(function): what is called of GSL. */
#define GSL_FUNCTIONS(X)                                                                                               \
    X(gsl_set_error_handler_off)                                                                                       \
    X(gsl_cdf_beta_P)                                                                                                  \
    X(gsl_cdf_chisq_Q)                                                                                                 \
    X(gsl_cdf_tdist_Qinv)

typedef struct {
/* NOLINTNEXTLINE(bugprone-macro-parentheses): names cannot have any */
#define X(function) __typeof__(function) *function;
    GSL_FUNCTIONS(X)
#undef X
    bool tried, there;
    char reason[OKRUG_LIBRARY_REASON];
} loaded_gsl;

static void load(loaded_gsl *gsl) {
    static const char *const names[] = {"libgsl.so.27", "libgsl.so", NULL};
    static const okrug_library_function functions[] = {
#define X(function) {#function, offsetof(loaded_gsl, function)},
        GSL_FUNCTIONS(X)
#undef X
    };
    static const okrug_library library = {"OKRUG_GSL", names, functions, sizeof functions / sizeof functions[0]};
    gsl->there = okrug_library_load(&library, gsl, gsl->reason);
    if (gsl->there) {
        (void)gsl->gsl_set_error_handler_off();
    }
    gsl->tried = true;
}

/* A process has one GSL, whoever calls first. */
static const loaded_gsl *load_once(void) {
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static loaded_gsl gsl;
    pthread_mutex_lock(&lock);
    if (!gsl.tried) {
        load(&gsl);
    }
    pthread_mutex_unlock(&lock);
    return &gsl;
}

okrug_status okrug_distributions_ready(okrug_ctx *ctx) {
    const loaded_gsl *gsl = load_once();
    return gsl->there ? OKRUG_OK
                      : okrug_fail(ctx, OKRUG_READ_FAILED, "no-gsl", NULL, "reason", gsl->reason, (char *)NULL);
}

double okrug_chi_squared_p(double x, double degrees) {
    const loaded_gsl *gsl = load_once();
    if (isnan(x) || !(degrees > 0.0) || !gsl->there) {
        return (double)NAN;
    }
    return x <= 0.0 ? 1.0 : gsl->gsl_cdf_chisq_Q(x, degrees);
}

double okrug_student_p(double t, double degrees) {
    const loaded_gsl *gsl = load_once();
    if (isnan(t) || !(degrees > 0.0) || !gsl->there) {
        return (double)NAN;
    }
    /* By the incomplete beta function: gsl_cdf_tdist_Q is off by 1e-6 of itself far out (2.7.1). */
    return gsl->gsl_cdf_beta_P(degrees / (degrees + t * t), degrees / 2.0, 0.5);
}

double okrug_student_quantile(double level, double degrees) {
    const loaded_gsl *gsl = load_once();
    if (!(level > 0.0 && level < 1.0) || !(degrees > 0.0) || !gsl->there) {
        return (double)NAN;
    }
    return gsl->gsl_cdf_tdist_Qinv((1.0 - level) / 2.0, degrees);
}
