/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A Markov chain from counts: probabilities, where it tends to, how long the ways are, how fast it forgets.
 */
#include <math.h>
#include <stdbool.h>

#include <okrug/linalg.h>
#include <okrug/numeric.h>
#include <okrug/transitions.h>

/* ---- Classes ---------------------------------------------------------------------------------------------------- */

void okrug_quantile_bounds(int64_t n, const double *rising, int64_t k, double *bound) {
    for (int64_t j = 1; j < k; j++) {
        double place = (double)(n - 1) * ((double)j / (double)k);
        int64_t below = (int64_t)place;
        double part = place - (double)below;
        bound[j - 1] = below + 1 < n ? rising[below] + part * (rising[below + 1] - rising[below]) : rising[n - 1];
    }
}

int64_t okrug_class_of(double x, int64_t bounds, const double *bound) {
    int64_t c = 0;
    while (c < bounds && bound[c] < x) {
        c++;
    }
    return c;
}

/* ---- Which class leads to which --------------------------------------------------------------------------------- */

typedef struct {
    int64_t k;
    double *p;   /* k x k: probabilities, 0 in rows that nobody left */
    bool *live;  /* k: somebody left it */
    bool *reach; /* k x k: j can be reached from i in one step or more */
    bool *way;   /* k x k: the same, stopping at one class */
    bool leak;   /* somebody came to a class that nobody left */
} chain;

/* Closes `reach`, which holds single steps, by ways that do not lead through class `stop` (-1: any). */
static void close_ways(int64_t k, bool *reach, int64_t stop) {
    for (int64_t via = 0; via < k; via++) {
        for (int64_t i = 0; i < k && via != stop; i++) {
            for (int64_t j = 0; reach[i * k + via] && j < k; j++) {
                reach[i * k + j] = reach[i * k + j] || reach[via * k + j];
            }
        }
    }
}

static void single_steps(const chain *c, bool *reach) {
    for (int64_t cell = 0; cell < c->k * c->k; cell++) {
        reach[cell] = c->p[cell] > 0.0;
    }
}

static okrug_status begin(okrug_ctx *ctx, int64_t k, const int64_t *count, const okrug_markov_results *out, chain *c) {
    *c = (chain){k,
                 OKRUG_SCRATCH_ZERO(ctx, k * k, double),
                 OKRUG_SCRATCH_ZERO(ctx, k, bool),
                 OKRUG_SCRATCH(ctx, k * k, bool),
                 OKRUG_SCRATCH(ctx, k * k, bool),
                 false};
    if (c->p == NULL || c->live == NULL || c->reach == NULL || c->way == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < k; i++) {
        int64_t left = 0;
        for (int64_t j = 0; j < k; j++) {
            left += count[i * k + j];
        }
        c->live[i] = left > 0;
        for (int64_t j = 0; j < k; j++) {
            c->p[i * k + j] = left > 0 ? (double)count[i * k + j] / (double)left : 0.0;
            out->probability[i * k + j] = left > 0 ? c->p[i * k + j] : (double)NAN;
        }
    }
    for (int64_t cell = 0; cell < k * k; cell++) {
        c->leak = c->leak || (c->p[cell] > 0.0 && !c->live[cell % k]);
    }
    single_steps(c, c->reach);
    close_ways(k, c->reach, -1);
    return OKRUG_OK;
}

/* Whether whatever is reached from i leads back to it. */
static bool recurrent(const chain *c, int64_t i) {
    for (int64_t j = 0; j < c->k; j++) {
        if (c->reach[i * c->k + j] && !c->reach[j * c->k + i]) {
            return false;
        }
    }
    return c->live[i];
}

/* ---- Where it tends to ------------------------------------------------------------------------------------------ */

/* Grassmann, Taksar and Heyman (1985): classes are taken out one by one, without any subtraction. `q` (m x m) is the
 * chain among m classes that all lead to each other, and is destroyed. */
static void steady_of(int64_t m, double *q, double *steady) {
    for (int64_t n = m - 1; n > 0; n--) {
        double out = okrug_sum_of(q + n * m, n, 1);
        for (int64_t i = 0; i < n; i++) {
            q[i * m + n] /= out;
            for (int64_t j = 0; j < n; j++) {
                q[i * m + j] += q[i * m + n] * q[n * m + j];
            }
        }
    }
    steady[0] = 1.0;
    for (int64_t n = 1; n < m; n++) {
        okrug_sum into = {0};
        for (int64_t i = 0; i < n; i++) {
            okrug_sum_add(&into, steady[i] * q[i * m + n]);
        }
        steady[n] = okrug_sum_value(&into);
    }
    double total = okrug_sum_of(steady, m, 1);
    for (int64_t n = 0; n < m; n++) {
        steady[n] /= total;
    }
}

/* Numbers the closed sets, and fills `steady` where there is one and nothing else to end in. */
static okrug_status tend(okrug_ctx *ctx, const chain *c, okrug_markov_results *out) {
    int64_t k = c->k;
    int64_t *member = OKRUG_SCRATCH(ctx, k, int64_t);
    double *q = OKRUG_SCRATCH(ctx, k * k, double);
    double *steady = OKRUG_SCRATCH(ctx, k, double);
    if (member == NULL || q == NULL || steady == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int64_t m = 0;
    for (int64_t i = 0; i < k; i++) {
        out->steady[i] = (double)NAN;
        if (recurrent(c, i)) {
            bool known = m > 0 && c->reach[i * k + member[0]];
            bool first = true;
            for (int64_t j = 0; j < i; j++) {
                first = first && !(c->reach[i * k + j] && recurrent(c, j));
            }
            out->closed += first;
            if (m == 0 || known) {
                member[m++] = i;
            }
        }
    }
    if (out->closed != 1 || c->leak) {
        return OKRUG_OK;
    }
    for (int64_t a = 0; a < m; a++) {
        for (int64_t b = 0; b < m; b++) {
            q[a * m + b] = c->p[member[a] * k + member[b]];
        }
    }
    steady_of(m, q, steady);
    for (int64_t i = 0; i < k; i++) {
        out->steady[i] = c->live[i] ? 0.0 : (double)NAN;
    }
    for (int64_t a = 0; a < m; a++) {
        out->steady[member[a]] = steady[a];
    }
    return OKRUG_OK;
}

/* ---- How fast --------------------------------------------------------------------------------------------------- */

/* The largest eigenvalue is 1; without its part, 1 times `steady`, the second is the largest. */
static okrug_status speed(okrug_ctx *ctx, const chain *c, okrug_markov_results *out) {
    int64_t k = c->k;
    int64_t m = 0;
    okrug_sum stay = {0};
    double *rest = OKRUG_SCRATCH_ZERO(ctx, k * k, double);
    if (rest == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < k; i++) {
        m += c->live[i];
        okrug_sum_add(&stay, c->p[i * k + i]);
        for (int64_t j = 0; j < k; j++) {
            rest[i * k + j] = c->live[i] && c->live[j] ? c->p[i * k + j] - out->steady[j] : 0.0;
        }
    }
    out->mobility = m > 1 ? ((double)m - okrug_sum_value(&stay)) / (double)(m - 1) : (double)NAN;
    out->second = out->half_life = (double)NAN;
    if (out->closed != 1 || c->leak) {
        return OKRUG_OK;
    }
    OKRUG_TRY(okrug_spectral_radius(ctx, k, rest, &out->second));
    if (out->second < 1.0 - 1e-12) {
        out->half_life = out->second > 1e-12 ? -log(2.0) / log(out->second) : 0.0;
    }
    return OKRUG_OK;
}

/* ---- How long the ways are -------------------------------------------------------------------------------------- */

/* Mean first passage to class `to`: m_i = 1 + sum over j != to of p_ij m_j, over the classes that are sure to come. */
static okrug_status passage_to(okrug_ctx *ctx, const chain *c, int64_t to, okrug_markov_results *out) {
    int64_t k = c->k;
    int64_t n = 0;
    int64_t *sure = OKRUG_SCRATCH(ctx, k, int64_t);
    int32_t *pivot = OKRUG_SCRATCH(ctx, k, int32_t);
    double *a = OKRUG_SCRATCH(ctx, k * k, double);
    double *mean = OKRUG_SCRATCH(ctx, k, double);
    if (sure == NULL || pivot == NULL || a == NULL || mean == NULL) {
        return OKRUG_NO_MEMORY;
    }
    single_steps(c, c->way);
    close_ways(k, c->way, to);
    bool again = c->live[to];
    for (int64_t i = 0; i < k; i++) {
        bool comes = c->way[i * k + to];
        for (int64_t j = 0; comes && j < k; j++) {
            comes = j == to || !c->way[i * k + j] || c->way[j * k + to];
        }
        out->passage[i * k + to] = (double)NAN;
        again = again && (i != to || comes);
        if (i != to && comes) {
            sure[n++] = i;
        }
    }
    for (int64_t r = 0; r < n; r++) {
        mean[r] = 1.0;
        for (int64_t s = 0; s < n; s++) {
            a[r * n + s] = (r == s ? 1.0 : 0.0) - c->p[sure[r] * k + sure[s]];
        }
    }
    if (n > 0) {
        OKRUG_TRY(okrug_lu_factor(ctx, n, a, pivot));
        OKRUG_TRY(okrug_lu_solve(ctx, n, a, pivot, 1, mean));
    }
    okrug_sum back = {.sum = 1.0};
    for (int64_t r = 0; r < n; r++) {
        out->passage[sure[r] * k + to] = mean[r];
        okrug_sum_add(&back, c->p[to * k + sure[r]] * mean[r]);
    }
    out->passage[to * k + to] = again ? okrug_sum_value(&back) : (double)NAN;
    return OKRUG_OK;
}

okrug_status okrug_markov(okrug_ctx *ctx, int64_t k, const int64_t *count, okrug_markov_results *out) {
    chain c;
    out->closed = 0;
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_status status = begin(ctx, k, count, out, &c);
    status = status == OKRUG_OK ? tend(ctx, &c, out) : status;
    status = status == OKRUG_OK ? speed(ctx, &c, out) : status;
    for (int64_t to = 0; status == OKRUG_OK && to < k; to++) {
        status = passage_to(ctx, &c, to, out);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
