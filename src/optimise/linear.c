/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Linear programmes by GLPK.
 */
#include <okrug/optimise.h>

#include <glpk.h>
#include <stdlib.h>

#include "optimise/guard.h"

/* A programme in the library's hands, and room for one of its columns; the library's arrays begin at 1. */
typedef struct {
    const okrug_linear_programme *of;
    glp_prob *lp;
    int *place;
    double *value;
} loaded;

static void put_columns(const loaded *l, int64_t from) {
    for (int j = (int)from + 1; j <= l->of->columns; j++) {
        int count = 0;
        for (int i = 1; i <= l->of->rows; i++) {
            double a = l->of->matrix[(i - 1) * l->of->columns + j - 1];
            if (a != 0.0) {
                l->place[++count] = i;
                l->value[count] = a;
            }
        }
        glp_set_mat_col(l->lp, j, count, l->place, l->value);
    }
}

static void put_needs(const loaded *l) {
    for (int i = 1; i <= l->of->rows; i++) {
        glp_set_row_bnds(l->lp, i, GLP_LO, l->of->least[i - 1], 0.0);
    }
}

static void load(const loaded *l) {
    glp_set_obj_dir(l->lp, GLP_MIN);
    glp_add_rows(l->lp, (int)l->of->rows);
    glp_add_cols(l->lp, (int)l->of->columns);
    for (int j = 1; j <= l->of->columns; j++) {
        glp_set_col_bnds(l->lp, j, GLP_LO, 0.0, 0.0);
        glp_set_obj_coef(l->lp, j, l->of->cost[j - 1]);
    }
}

/* From the beginning, so that nothing depends on what was solved before. */
static okrug_status solve(const loaded *l, double *cost) {
    glp_smcp how;
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.meth = GLP_DUALP;
    glp_std_basis(l->lp);
    if (glp_simplex(l->lp, &how) != 0) {
        return OKRUG_NOT_CONVERGED;
    }
    int found = glp_get_status(l->lp);
    if (found != GLP_OPT) {
        return found == GLP_NOFEAS || found == GLP_UNBND ? OKRUG_NO_SOLUTION : OKRUG_NOT_CONVERGED;
    }
    *cost = glp_get_obj_val(l->lp);
    return OKRUG_OK;
}

/* What is asked: one programme with its solution, or a family of them. */
typedef struct {
    double *x, *price;
    int64_t fixed, count;
    okrug_linear_change *change; /* NULL: one */
    void *user;
} request;

static okrug_status solve_all(const loaded *l, const request *r, double *cost) {
    load(l);
    put_columns(l, 0);
    for (int64_t k = 0; k < r->count; k++) {
        if (r->change != NULL) {
            r->change(r->user, k);
            put_columns(l, r->fixed);
        }
        put_needs(l);
        okrug_status status = solve(l, &cost[k]);
        if (status != OKRUG_OK) {
            return status;
        }
    }
    for (int j = 1; r->x != NULL && j <= l->of->columns; j++) {
        r->x[j - 1] = glp_get_col_prim(l->lp, j);
    }
    for (int i = 1; r->price != NULL && i <= l->of->rows; i++) {
        r->price[i - 1] = glp_get_row_dual(l->lp, i);
    }
    return OKRUG_OK;
}

typedef struct {
    loaded *l;
    const request *r;
    double *cost;
} task;

static okrug_status work(void *user) {
    const task *t = user;
    t->l->lp = glp_create_prob();
    return solve_all(t->l, t->r, t->cost);
}

static okrug_status run(const okrug_linear_programme *programme, const request *r, double *cost) {
    loaded l = {.of = programme,
                .place = malloc((size_t)(programme->rows + 1) * sizeof *l.place),
                .value = malloc((size_t)(programme->rows + 1) * sizeof *l.value)};
    okrug_status status =
        l.place == NULL || l.value == NULL ? OKRUG_NO_MEMORY : okrug_guarded(work, &(task){&l, r, cost});
    free(l.place);
    free(l.value);
    return status;
}

okrug_status okrug_linear_least(const okrug_linear_programme *programme, double *x, double *price, double *cost) {
    return run(programme, &(request){.x = x, .price = price, .count = 1}, cost);
}

okrug_status okrug_linear_least_each(const okrug_linear_programme *programme, int64_t fixed, int64_t count,
                                     okrug_linear_change *change, void *user, double *cost) {
    return run(programme, &(request){.fixed = fixed, .count = count, .change = change, .user = user}, cost);
}
