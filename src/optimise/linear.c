/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One linear programme by GLPK. Where the library is at its wits' end it calls a hook and then abort(): the hook leaves
 * by longjmp, and the environment, which is the thread's own, is freed with all that was in it. What it would print is
 * swallowed.
 */
#include <okrug/optimise.h>

#include <glpk.h>
#include <math.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    jmp_buf back;
    bool memory; /* what it complained of */
} guard;

static void leave(void *info) {
    guard *g = info;
    longjmp(g->back, 1); /* NOLINT(cert-err52-cpp): the only way out that the library leaves */
}

static int swallow(void *info, const char *text) {
    guard *g = info;
    g->memory = g->memory || strstr(text, "no memory available") != NULL;
    return 1;
}

/* Puts the programme into the library's hands, by columns; its arrays begin at 1. */
static okrug_status fill(glp_prob *lp, const okrug_linear_programme *of) {
    int *place = malloc((size_t)(of->rows + 1) * sizeof *place);
    double *value = malloc((size_t)(of->rows + 1) * sizeof *value);
    if (place == NULL || value == NULL) {
        free(place);
        free(value);
        return OKRUG_NO_MEMORY;
    }
    glp_set_obj_dir(lp, GLP_MIN);
    glp_add_rows(lp, (int)of->rows);
    glp_add_cols(lp, (int)of->columns);
    for (int i = 1; i <= of->rows; i++) {
        glp_set_row_bnds(lp, i, GLP_LO, of->least[i - 1], 0.0);
    }
    for (int j = 1; j <= of->columns; j++) {
        int count = 0;
        for (int i = 1; i <= of->rows; i++) {
            double a = of->matrix[(i - 1) * of->columns + j - 1];
            if (a != 0.0) {
                place[++count] = i;
                value[count] = a;
            }
        }
        glp_set_col_bnds(lp, j, GLP_LO, 0.0, 0.0);
        glp_set_obj_coef(lp, j, of->cost[j - 1]);
        glp_set_mat_col(lp, j, count, place, value);
    }
    free(place);
    free(value);
    return OKRUG_OK;
}

static okrug_status solve(const okrug_linear_programme *of, double *x, double *price, double *cost) {
    glp_smcp how;
    glp_prob *lp = glp_create_prob();
    okrug_status status = fill(lp, of);
    if (status != OKRUG_OK) {
        return status;
    }
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.meth = GLP_DUALP;
    if (glp_simplex(lp, &how) != 0) {
        return OKRUG_NOT_CONVERGED;
    }
    int found = glp_get_status(lp);
    if (found != GLP_OPT) {
        return found == GLP_NOFEAS || found == GLP_UNBND ? OKRUG_NO_SOLUTION : OKRUG_NOT_CONVERGED;
    }
    *cost = glp_get_obj_val(lp);
    for (int j = 1; x != NULL && j <= of->columns; j++) {
        x[j - 1] = glp_get_col_prim(lp, j);
    }
    for (int i = 1; price != NULL && i <= of->rows; i++) {
        price[i - 1] = glp_get_row_dual(lp, i);
    }
    return OKRUG_OK;
}

okrug_status okrug_linear_least(const okrug_linear_programme *programme, double *x, double *price, double *cost) {
    guard g = {.memory = false};
    if (glp_init_env() == 2) {
        return OKRUG_NO_MEMORY;
    }
    if (setjmp(g.back) != 0) {
        glp_free_env();
        return g.memory ? OKRUG_NO_MEMORY : OKRUG_DEFECT;
    }
    glp_error_hook(leave, &g);
    glp_term_hook(swallow, &g);
    okrug_status status = solve(programme, x, price, cost);
    glp_free_env(); /* and every object in it */
    return status;
}
