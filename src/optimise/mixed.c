/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Mixed programmes by GLPK's branch and bound, limited by nodes. Its preprocessing is left out: it takes what is within
 * 0.001 of a whole number for whole, where a thousandth of a firm's output may be what a rule turns on.
 */
#include <okrug/optimise.h>

#include <glpk.h>
#include <math.h>
#include <stdlib.h>

#include "optimise/guard.h"

typedef struct {
    okrug_ctx *ctx;
    const okrug_mixed_programme *of;
    int64_t most_nodes;
    double *x;
    okrug_mixed_end *end;
    int *place; /* room for one row; the library's arrays begin at 1 */
    double *value;
    bool cancelled, stopped;
} task;

/* Called at every event of the search. */
static void watch(glp_tree *tree, void *info) {
    task *t = info;
    int total = 0;
    glp_ios_tree_size(tree, NULL, NULL, &total);
    int best = glp_ios_best_node(tree);
    if (best != 0) {
        t->end->bound = glp_ios_node_bound(tree, best);
    }
    t->end->nodes = total;
    t->cancelled = okrug_cancelled(t->ctx);
    t->stopped = t->stopped || total > t->most_nodes;
    if (t->cancelled || t->stopped) {
        glp_ios_terminate(tree);
    }
}

static void put_row(const task *t, glp_prob *lp, int64_t i) {
    const okrug_csr *a = &t->of->matrix;
    double scale = 0.0;
    for (int64_t k = a->ptr[i]; k < a->ptr[i + 1]; k++) {
        scale = fmax(scale, fabs(a->val[k]));
    }
    scale = scale > 0.0 ? scale : 1.0;
    int count = 0;
    for (int64_t k = a->ptr[i]; k < a->ptr[i + 1]; k++) {
        t->place[++count] = a->col[k] + 1;
        t->value[count] = a->val[k] / scale;
    }
    double lo = t->of->least[i] / scale, hi = t->of->most[i] / scale;
    int kind = isnan(lo) ? (isnan(hi) ? GLP_FR : GLP_UP) : isnan(hi) ? GLP_LO : lo == hi ? GLP_FX : GLP_DB;
    glp_set_row_bnds(lp, (int)i + 1, kind, isnan(lo) ? 0.0 : lo, isnan(hi) ? 0.0 : hi);
    glp_set_mat_row(lp, (int)i + 1, count, t->place, t->value);
}

static void put_columns(const task *t, glp_prob *lp) {
    for (int j = 0; j < (int)t->of->columns; j++) {
        double upper = t->of->upper[j];
        glp_set_col_kind(lp, j + 1, t->of->whole[j] ? GLP_IV : GLP_CV);
        glp_set_col_bnds(lp, j + 1, upper > 0.0 ? GLP_DB : GLP_FX, 0.0, upper);
        glp_set_obj_coef(lp, j + 1, t->of->cost[j]);
    }
}

static okrug_status take(const task *t, glp_prob *lp) {
    int found = glp_mip_status(lp);
    if (t->cancelled) {
        return OKRUG_CANCELLED;
    }
    if (found == GLP_NOFEAS) {
        return OKRUG_NO_SOLUTION;
    }
    if (found != GLP_OPT && found != GLP_FEAS) {
        return OKRUG_NOT_CONVERGED;
    }
    t->end->cost = glp_mip_obj_val(lp);
    t->end->optimal = found == GLP_OPT && !t->stopped;
    t->end->bound = t->end->optimal ? t->end->cost : fmin(t->end->bound, t->end->cost);
    for (int j = 0; j < (int)t->of->columns; j++) {
        double x = glp_mip_col_val(lp, j + 1);
        t->x[j] = t->of->whole[j] ? round(x) : fmin(fmax(x, 0.0), t->of->upper[j]);
    }
    return OKRUG_OK;
}

/* The search begins with the programme without whole numbers. */
static okrug_status relax(glp_prob *lp) {
    glp_smcp how;
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.meth = GLP_DUALP;
    if (glp_simplex(lp, &how) != 0) {
        return OKRUG_NOT_CONVERGED;
    }
    int found = glp_get_status(lp);
    return found == GLP_OPT ? OKRUG_OK : found == GLP_NOFEAS ? OKRUG_NO_SOLUTION : OKRUG_NOT_CONVERGED;
}

static okrug_status work(void *user) {
    task *t = user;
    glp_prob *lp = glp_create_prob();
    glp_set_obj_dir(lp, GLP_MIN);
    glp_add_rows(lp, (int)t->of->matrix.n);
    glp_add_cols(lp, (int)t->of->columns);
    put_columns(t, lp);
    for (int64_t i = 0; i < t->of->matrix.n; i++) {
        put_row(t, lp, i);
    }
    glp_iocp how;
    glp_init_iocp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.pp_tech = GLP_PP_NONE;
    how.br_tech = GLP_BR_DTH;
    how.bt_tech = GLP_BT_BLB;
    how.tol_int = 1e-7;
    how.tol_obj = 1e-9;
    how.cb_func = watch;
    how.cb_info = t;
    okrug_status relaxed = relax(lp);
    if (relaxed != OKRUG_OK) {
        return relaxed;
    }
    glp_intopt(lp, &how);
    return take(t, lp);
}

okrug_status okrug_mixed_least(okrug_ctx *ctx, const okrug_mixed_programme *programme, int64_t nodes, double *x,
                               okrug_mixed_end *end) {
    task t = {.ctx = ctx, .of = programme, .most_nodes = nodes, .x = x, .end = end};
    t.place = malloc((size_t)(programme->columns + 1) * sizeof *t.place);
    t.value = malloc((size_t)(programme->columns + 1) * sizeof *t.value);
    *end = (okrug_mixed_end){.bound = 0.0};
    okrug_status status = t.place == NULL || t.value == NULL ? OKRUG_NO_MEMORY : okrug_guarded(work, &t);
    free(t.place);
    free(t.value);
    return status;
}
