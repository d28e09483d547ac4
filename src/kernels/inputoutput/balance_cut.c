/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why a table cannot have its totals: the smallest bottleneck of the flow from rows to columns.
 */
#include <math.h>

#include <okrug/balance.h>
#include <okrug/graph.h>

/* Totals as whole numbers, so that the cut is exact: 50 binary digits of all of them together. */
static const double WHOLE = 1125899906842624.0;
/* More than all that flows. */
static const int64_t NO_LIMIT = INT64_C(1) << 60;

typedef struct {
    int32_t *from, *to;
    int64_t *capacity;
    int64_t count;
    int32_t source, target;
} arcs;

static void add(arcs *net, int32_t from, int32_t to, int64_t capacity) {
    net->from[net->count] = from;
    net->to[net->count] = to;
    net->capacity[net->count++] = capacity;
}

static void supply(arcs *net, int32_t node, double amount, double scale) {
    int64_t capacity = llround(fabs(amount) * scale);
    if (amount > 0.0) {
        add(net, net->source, node, capacity);
    } else if (amount < 0.0) {
        add(net, node, net->target, capacity);
    }
}

static double moduli(int64_t n, const double *values) {
    double sum = 0.0;
    for (int64_t i = 0; i < n; i++) {
        sum += fabs(values[i]);
    }
    return sum;
}

/* Rows are nodes 0 .., columns come after them. What is positive flows from its row to its column, what is negative
 * back. */
static void build(const okrug_balance_problem *problem, double all, arcs *net) {
    int64_t m = problem->rows, n = problem->columns;
    for (int64_t i = 0; i < m; i++) {
        supply(net, (int32_t)i, problem->row_total[i], WHOLE / all);
    }
    for (int64_t j = 0; j < n; j++) {
        supply(net, (int32_t)(m + j), -problem->column_total[j], WHOLE / all);
    }
    for (int64_t i = 0; i < m; i++) {
        for (int64_t j = 0; j < n; j++) {
            double cell = problem->seed[i * n + j];
            int32_t row = (int32_t)i, column = (int32_t)(m + j);
            if (cell != 0.0) {
                add(net, cell > 0.0 ? row : column, cell > 0.0 ? column : row, NO_LIMIT);
            }
        }
    }
}

static void read_cut(const okrug_balance_problem *problem, const bool *side, okrug_balance_cut *cut) {
    cut->need = cut->have = 0.0;
    for (int64_t i = 0; i < problem->rows; i++) {
        cut->row[i] = side[i];
        cut->need += side[i] ? problem->row_total[i] : 0.0;
    }
    for (int64_t j = 0; j < problem->columns; j++) {
        cut->column[j] = side[problem->rows + j];
        cut->have += cut->column[j] ? problem->column_total[j] : 0.0;
    }
}

static int64_t count_cells(const okrug_balance_problem *problem) {
    int64_t count = 0;
    for (int64_t cell = 0; cell < problem->rows * problem->columns; cell++) {
        count += problem->seed[cell] != 0.0;
    }
    return count;
}

static okrug_status explain(okrug_ctx *ctx, const okrug_balance_problem *problem, double all, bool *feasible,
                            okrug_balance_cut *cut) {
    int64_t ends = problem->rows + problem->columns, most = count_cells(problem) + ends;
    arcs net = {.from = OKRUG_SCRATCH(ctx, most, int32_t),
                .to = OKRUG_SCRATCH(ctx, most, int32_t),
                .capacity = OKRUG_SCRATCH(ctx, most, int64_t),
                .source = (int32_t)ends,
                .target = (int32_t)(ends + 1)};
    bool *side = OKRUG_SCRATCH(ctx, ends + 2, bool);
    if (net.from == NULL || net.to == NULL || net.capacity == NULL || side == NULL) {
        return OKRUG_NO_MEMORY;
    }
    build(problem, all, &net);
    const okrug_network network = {ends + 2, net.count, net.from, net.to, net.capacity};
    int64_t value = 0;
    OKRUG_TRY(okrug_max_flow(ctx, &network, net.source, net.target, &value, side));
    read_cut(problem, side, cut);
    *feasible = cut->need - cut->have <= 1e-9 * all;
    return OKRUG_OK;
}

okrug_status okrug_balance_explain(okrug_ctx *ctx, const okrug_balance_problem *problem, bool *feasible,
                                   okrug_balance_cut *cut) {
    double all = moduli(problem->rows, problem->row_total) + moduli(problem->columns, problem->column_total);
    *feasible = true;
    if (all == 0.0) {
        return OKRUG_OK;
    }
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_status status = explain(ctx, problem, all, feasible, cut);
    okrug_scratch_reset(ctx, mark);
    return status;
}
