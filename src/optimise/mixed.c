/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Programmes with whole numbers by GLPK: its branch and bound, then, with the whole numbers held, one linear programme
 * more, so that what the solver takes for whole within a tolerance is so. As in linear.c the library may call abort():
 * a hook leaves by longjmp, and the environment is freed with all that was in it.
 */
#include <okrug/optimise.h>

#include <glpk.h>
#include <math.h>
#include <setjmp.h>
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

static int kind_of(double least, double most) {
    if (least == most) {
        return GLP_FX;
    }
    if (isinf(least)) {
        return isinf(most) ? GLP_FR : GLP_UP;
    }
    return isinf(most) ? GLP_LO : GLP_DB;
}

/* A row of A in the library's hands; its arrays begin at 1. */
typedef struct {
    const okrug_mixed_programme *of;
    int *place;
    double *value;
} room;

static void load(glp_prob *lp, const room *r) {
    const okrug_mixed_programme *p = r->of;
    glp_set_obj_dir(lp, GLP_MAX);
    glp_add_rows(lp, (int)p->rows.n);
    glp_add_cols(lp, (int)p->columns);
    for (int j = 1; j <= p->columns; j++) {
        glp_set_col_bnds(lp, j, kind_of(p->least[j - 1], p->most[j - 1]), p->least[j - 1], p->most[j - 1]);
        glp_set_obj_coef(lp, j, p->gain[j - 1]);
        glp_set_col_kind(lp, j, p->whole[j - 1] ? GLP_IV : GLP_CV);
    }
    for (int i = 1; i <= p->rows.n; i++) {
        int count = 0;
        for (int64_t k = p->rows.ptr[i - 1]; k < p->rows.ptr[i]; k++) {
            if (p->rows.val[k] != 0.0) {
                r->place[++count] = p->rows.col[k] + 1;
                r->value[count] = p->rows.val[k];
            }
        }
        glp_set_mat_row(lp, i, count, r->place, r->value);
        glp_set_row_bnds(lp, i, kind_of(p->row_least[i - 1], p->row_most[i - 1]), p->row_least[i - 1],
                         p->row_most[i - 1]);
    }
}

static okrug_status relax(glp_prob *lp) {
    glp_smcp how;
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    glp_std_basis(lp);
    if (glp_simplex(lp, &how) != 0) {
        return OKRUG_NOT_CONVERGED;
    }
    int found = glp_get_status(lp);
    if (found == GLP_OPT) {
        return OKRUG_OK;
    }
    return found == GLP_NOFEAS || found == GLP_UNBND ? OKRUG_NO_SOLUTION : OKRUG_NOT_CONVERGED;
}

typedef struct {
    int64_t most, nodes;
    double bound;
} count;

static void watch(glp_tree *tree, void *info) {
    count *c = info;
    int total = 0;
    glp_ios_tree_size(tree, NULL, NULL, &total);
    c->nodes = total;
    int best = glp_ios_best_node(tree);
    if (best != 0) {
        c->bound = glp_ios_node_bound(tree, best);
    }
    if (total > c->most) {
        glp_ios_terminate(tree);
    }
}

static okrug_status branch(glp_prob *lp, int64_t nodes, okrug_mixed_result *result) {
    count c = {.most = nodes, .bound = glp_get_obj_val(lp)};
    glp_iocp how;
    glp_init_iocp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.cb_func = watch;
    how.cb_info = &c;
    int ended = glp_intopt(lp, &how);
    int found = glp_mip_status(lp);
    result->nodes = c.nodes;
    result->bound = c.bound;
    result->proven = ended == 0 && found == GLP_OPT;
    if (found == GLP_OPT || found == GLP_FEAS) {
        return OKRUG_OK;
    }
    return ended == 0 && found == GLP_NOFEAS ? OKRUG_NO_SOLUTION : OKRUG_NOT_CONVERGED;
}

static okrug_status solve(const room *r, int64_t nodes, double *x, okrug_mixed_result *result) {
    const okrug_mixed_programme *p = r->of;
    glp_prob *lp = glp_create_prob();
    load(lp, r);
    OKRUG_TRY(relax(lp));
    OKRUG_TRY(branch(lp, nodes, result));
    for (int j = 1; j <= p->columns; j++) {
        x[j - 1] = glp_mip_col_val(lp, j);
        if (p->whole[j - 1]) {
            x[j - 1] = round(x[j - 1]);
            glp_set_col_bnds(lp, j, GLP_FX, x[j - 1], x[j - 1]);
        }
    }
    OKRUG_TRY(relax(lp));
    for (int j = 1; j <= p->columns; j++) {
        x[j - 1] = p->whole[j - 1] ? x[j - 1] : glp_get_col_prim(lp, j);
    }
    result->value = glp_get_obj_val(lp);
    result->bound = result->proven ? result->value : fmax(result->bound, result->value);
    return OKRUG_OK;
}

static okrug_status guarded(const room *r, int64_t nodes, double *x, okrug_mixed_result *result) {
    guard g = {.memory = false};
    if (glp_init_env() == 2) {
        return OKRUG_NO_MEMORY;
    }
    if (setjmp(g.back) != 0) { /* NOLINT(cert-err52-cpp) */
        glp_free_env();
        return g.memory ? OKRUG_NO_MEMORY : OKRUG_DEFECT;
    }
    glp_error_hook(leave, &g);
    glp_term_hook(swallow, &g);
    okrug_status status = solve(r, nodes, x, result);
    glp_free_env();
    return status;
}

okrug_status okrug_mixed_most(const okrug_mixed_programme *programme, int64_t nodes, double *x,
                              okrug_mixed_result *result) {
    room r = {.of = programme,
              .place = malloc((size_t)(programme->columns + 1) * sizeof *r.place),
              .value = malloc((size_t)(programme->columns + 1) * sizeof *r.value)};
    *result = (okrug_mixed_result){0};
    okrug_status status = r.place == NULL || r.value == NULL ? OKRUG_NO_MEMORY : guarded(&r, nodes, x, result);
    free(r.place);
    free(r.value);
    return status;
}
